// The signals that ask fluke to stop, as something to poll for instead of something that
// interrupts.
#pragma once

#include <signal.h>

#include <chrono>
#include <optional>
#include <tl/expected.hpp>

#include "process/descriptor.h"

namespace process {

/// While it lives, SIGINT, SIGTERM and SIGHUP are blocked and arrive here (signalfd(2)); a signal
/// that fluke inherited as ignored, as under nohup(1), stays ignored. SIGPIPE is ignored
/// throughout, and SIGCHLD is not, even if it was inherited so: else the kernel would throw the
/// exit statuses of children away. One per process, made before any thread; its end puts the
/// former mask and dispositions back.
class Cancellation {
 public:
  /// Fails with an errno.
  [[nodiscard]] static tl::expected<Cancellation, int> create();
  Cancellation(Cancellation&& other) noexcept = default;
  Cancellation& operator=(Cancellation&&) = delete;
  ~Cancellation();

  /// The first signal that asked to stop, if one has. Takes note of those that have come in.
  [[nodiscard]] std::optional<int> requested();

  /// How many have come in: the second one means at once.
  [[nodiscard]] int count();

  /// Waits until `duration` is over; false if a signal ended the wait, or had come before it.
  [[nodiscard]] bool sleep(std::chrono::milliseconds duration);

  /// To be polled for POLLIN; then call requested().
  [[nodiscard]] int descriptor() const { return signals_.get(); }

 private:
  struct Former {
    sigset_t mask;
    struct sigaction pipe;
    struct sigaction child;
  };

  Cancellation(Descriptor signals, const Former& former);
  void drain();

  Descriptor signals_;
  Former former_;
  std::optional<int> first_;
  int count_ = 0;
};

}  // namespace process
