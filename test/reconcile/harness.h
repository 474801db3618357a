// What the tests of the engine share: a clock that need not be waited for, an observer that writes
// down what it hears, an executor that ends as it is told, and outcomes as text.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.h"
#include "process/cancellation.h"
#include "reconcile/clock.h"
#include "reconcile/executor.h"
#include "reconcile/observer.h"
#include "reconcile/outcome.h"

namespace reconcile::testing {

/// Stands still except while it is paused.
class FakeClock : public Clock {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point now() override { return now_; }
  [[nodiscard]] bool pause(std::chrono::milliseconds duration) override;

  void advance(std::chrono::milliseconds duration) { now_ += duration; }

  /// The pauses so far, such as "100ms 200ms".
  [[nodiscard]] std::string pauses() const;

  /// Called at the start of each pause; the pause is cut short if it answers false.
  std::function<bool()> on_pause;

 private:
  std::chrono::steady_clock::time_point now_;
  std::vector<std::chrono::milliseconds> pauses_;
};

/// Writes each event as a line, such as "deploy: check begins".
class RecordingObserver : public Observer {
 public:
  void resource_started(const manifest::Resource& resource) override;
  void phase_started(const manifest::Resource& resource, Phase phase) override;
  void output_lines(const manifest::Resource& resource, Phase phase,
                    std::string_view lines) override;
  void phase_ended(const manifest::Resource& resource, Phase phase) override;
  void resource_ended(const ResourceOutcome& outcome) override;
  void run_ended(const RunOutcome& outcome) override;

  std::string events;

  /// Called after each phase_started has been written down.
  std::function<void(Phase)> on_phase;
};

/// Ends as it is told and writes down what it was asked for.
class FakeExecutor : public Executor {
 public:
  void files_changed() override { calls += "files-changed "; }
  [[nodiscard]] tl::expected<void, Failure> prepare() override;
  [[nodiscard]] Ran check(const process::LineSink& on_line) override;
  [[nodiscard]] tl::expected<void, Failure> confirm(const TaskRecord& check) override;
  [[nodiscard]] Ran apply(const process::LineSink& on_line) override;

  /// How the checks end, one after the other; the last one goes for all that follow.
  std::deque<process::Ending> checks = {process::Exited{.code = 0}};
  /// The exit statuses by which they say that they cannot tell.
  std::vector<int> unknown;
  process::Ending apply_ending = process::Exited{.code = 0};
  std::string apply_output = "applying\n";
  bool apply_output_is_cut = false;
  std::optional<Failure> not_ready;
  std::optional<Failure> not_confirmed;

  /// Called while a check or an apply runs.
  std::function<void()> on_check;
  std::function<void()> on_apply;

  /// What was called, each name followed by a space.
  std::string calls;
};

/// Listens to signals for one test. SIGTERM is the one to send: SIGINT may be ignored where the
/// tests run in the background.
class Signals {
 public:
  Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  /// Takes note of what is pending, so that it does not end the test program.
  ~Signals();

  [[nodiscard]] process::Cancellation& cancellation() { return cancellation_; }
  static void send_sigterm();

 private:
  process::Cancellation cancellation_;
};

/// A resource with the default tasks.
[[nodiscard]] manifest::Resource resource(std::string name, std::filesystem::path working_dir);

/// "failed, phase check, cause failed: REASON".
[[nodiscard]] std::string dump(const ResourceOutcome& outcome);

/// A line a resource, each behind its name.
[[nodiscard]] std::string dump(const RunOutcome& outcome);

}  // namespace reconcile::testing
