// The signals that ask fluke to stop, as something to poll for instead of something that
// interrupts.
#pragma once

#include <poll.h>
#include <signal.h>

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <tl/expected.hpp>

#include "file/descriptor.h"

namespace process {

using Clock = std::chrono::steady_clock;

/// The time `duration` from now, however long that is: no overflow.
[[nodiscard]] Clock::time_point time_after(std::chrono::milliseconds duration);

/// Something to do again and again while fluke waits: what a status line needs.
struct Heartbeat {
  std::chrono::milliseconds interval{0};
  std::function<void()> beat;
};

/// Something to do when nothing has happened for a moment: what a buffer needs that is to be
/// written out before fluke goes to sleep.
struct Idle {
  std::chrono::milliseconds after{0};
  std::function<void()> call;
};

/// While it lives, SIGINT, SIGTERM, SIGHUP and SIGQUIT are blocked and arrive here (signalfd(2)),
/// and so does SIGCHLD, which ends a wait and no more, for orphans want to be reaped; a signal that
/// fluke inherited as ignored, as under nohup(1), stays ignored. SIGPIPE is ignored throughout, and
/// SIGCHLD is not, even if it was inherited so: else the kernel would throw the exit statuses of
/// children away. One per process, made before any thread; its destructor takes what has come in
/// and restores the former mask and dispositions.
///
/// All waiting goes through it, for a child as for the end of a pause.
class Cancellation {
 public:
  /// Fails with an errno.
  [[nodiscard]] static tl::expected<Cancellation, int> create();
  Cancellation(Cancellation&& other) noexcept = default;
  Cancellation& operator=(Cancellation&&) = delete;
  ~Cancellation();

  /// The first signal that asked to stop, if one has. Takes note of those that have come in.
  [[nodiscard]] std::optional<int> requested();

  /// At `end`, unless a signal has come before, counts as if SIGALRM had come.
  void set_deadline(Clock::time_point end);

  /// Forgets the deadline and what has come in so far: what begins now is stopped by what comes
  /// later.
  void reset();

  /// How many have come in until the last wait() or requested(): the second one means at once.
  [[nodiscard]] int count() const { return count_; }

  /// Waits until `duration` is over; false if a signal ended the wait, or had come before it.
  [[nodiscard]] bool sleep(std::chrono::milliseconds duration);

  /// Waits until one of `descriptors` is ready, a signal has come, `end` has passed, or for no
  /// reason at all: the caller looks at the clock, at `revents` and at requested(), and calls
  /// again. At most six descriptors. True if a signal has come, SIGCHLD or one that asks to stop.
  bool wait(std::span<pollfd> descriptors, std::optional<Clock::time_point> end);

  /// Beats while waiting, from now on.
  void set_heartbeat(Heartbeat heartbeat);

  /// Calls `idle` while waiting, from now on, once in each wait that is long enough.
  void set_idle(Idle idle);

 private:
  struct Former {
    sigset_t mask;
    struct sigaction pipe;
    struct sigaction child;
  };

  Cancellation(file::Descriptor signals, const Former& former);
  void drain();
  void check_deadline();
  void wait_for(std::span<pollfd> all, std::optional<Clock::time_point> end);
  void beat_if_due();

  file::Descriptor signals_;
  Former former_;
  std::optional<Heartbeat> heartbeat_;
  Clock::time_point next_beat_;
  std::optional<Idle> idle_;
  std::optional<Clock::time_point> deadline_;
  std::optional<int> first_;
  int count_ = 0;
};

}  // namespace process
