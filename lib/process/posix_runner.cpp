#include "process/posix_runner.h"

#include <signal.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <tl/expected.hpp>
#include <utility>

#include "process/child.h"
#include "process/output_pump.h"
#include "process/pid_file.h"

namespace process {
namespace {

/// How long to wait for what SIGKILL does not end at once, as a process that hangs in the kernel.
constexpr std::chrono::milliseconds kill_timeout = std::chrono::seconds(5);

/// How often to look whether the rest of a process tree has gone: nothing reports it.
constexpr std::chrono::milliseconds tree_interval = std::chrono::milliseconds(20);

/// Watches over one child until it ends: its deadline, signals and output.
class Supervision {
 public:
  Supervision(Child child, const ProcessTrees& trees, OutputPump pump, Clock::time_point start,
              std::optional<std::chrono::milliseconds> deadline, Cancellation& cancellation,
              std::chrono::milliseconds grace)
      : child_(std::move(child)),
        trees_(trees),
        pump_(std::move(pump)),
        start_(start),
        deadline_(deadline),
        cancellation_(cancellation),
        grace_(grace) {
    if (deadline_) {
      next_step_ = time_after(*deadline_);
    }
  }

  [[nodiscard]] Result wait_for_end() {
    // What has come while something else was done counts before a deadline that has passed.
    wait_until(Clock::now());
    while (!is_over()) {
      wait();
    }
    Result result;
    result.duration = Clock::now() - start_;
    pump_.finish(result);
    result.ending = stopped_ ? *stopped_ : *ended_;
    return result;
  }

  [[nodiscard]] pid_t pid() const { return child_.pid(); }
  /// False after wait_for_end() where nothing could end the process.
  [[nodiscard]] bool has_ended() const { return ended_.has_value(); }

 private:
  enum class Stage { running, terminating, killing };

  void wait() {
    wait_until(ended_ ? std::min(*next_step_, time_after(tree_interval)) : next_step_);
  }

  void wait_until(std::optional<Clock::time_point> end) {
    const std::array<pollfd, 2> streams = pump_.wanted();
    // The descriptor of a process that has ended stays readable: it is polled no more.
    std::array<pollfd, 3> descriptors = {
        pollfd{.fd = ended_ ? -1 : child_.descriptor(), .events = POLLIN, .revents = 0}, streams[0],
        streams[1]};
    const bool has_signals = cancellation_.wait(descriptors, end);
    // Whoever ends a tree counts its dead as well, and asks whether there are any each time.
    if (has_signals || stage_ != Stage::running) {
      trees_.reap_orphans();
    }
    if (descriptors[0].revents != 0) {
      ended_ = child_.ended();
    }
    pump_.read_ready();
  }

  /// Takes the step that is due, if one is; true when there is nothing left to wait for.
  [[nodiscard]] bool is_over() {
    switch (stage_) {
      case Stage::running:
        return is_over_while_running();
      case Stage::terminating:
        if (is_gone()) {
          return true;
        }
        if (is_due() || cancellation_.count() >= 2) {
          kill();
        }
        return false;
      case Stage::killing:
        if (is_gone()) {
          return true;
        }
        if (is_due()) {
          name_survivors();
          return true;
        }
        // Again, for those that a dying process forked a moment ago.
        child_.signal_tree(SIGKILL);
        return false;
    }
    return true;
  }

  [[nodiscard]] bool is_over_while_running() {
    // Whoever asks fluke to stop may have signalled the child too, as a service manager does, and
    // the child first. Its failure then says nothing.
    if (ended_ && (succeeded(*ended_) || !cancellation_.requested())) {
      return true;
    }
    if (cancellation_.count() > 0) {
      terminate(Cancelled{.signal = cancellation_.requested().value_or(SIGTERM)});
    } else if (is_due()) {
      terminate(TimedOut{.deadline = *deadline_});
    }
    return false;
  }

  void terminate(Ending ending) {
    stage_ = Stage::terminating;
    stopped_ = std::move(ending);
    next_step_ = time_after(grace_);
    child_.signal_tree(SIGTERM);
    // A stopped process sees no signal before it continues.
    child_.signal_tree(SIGCONT);
  }

  void kill() {
    stage_ = Stage::killing;
    next_step_ = time_after(kill_timeout);
    child_.signal_tree(SIGKILL);
    if (auto* cancelled = std::get_if<Cancelled>(&*stopped_)) {
      cancelled->killed = true;
    } else if (auto* timed_out = std::get_if<TimedOut>(&*stopped_)) {
      timed_out->killed = true;
    }
  }

  void name_survivors() {
    if (auto* cancelled = std::get_if<Cancelled>(&*stopped_)) {
      cancelled->survivors = child_.survivors();
    } else if (auto* timed_out = std::get_if<TimedOut>(&*stopped_)) {
      timed_out->survivors = child_.survivors();
    }
  }

  [[nodiscard]] bool is_due() const { return next_step_ && Clock::now() >= *next_step_; }
  [[nodiscard]] bool is_gone() const { return ended_ && !child_.tree_lives(); }

  Child child_;
  const ProcessTrees& trees_;
  OutputPump pump_;
  Clock::time_point start_;
  std::optional<std::chrono::milliseconds> deadline_;
  Cancellation& cancellation_;
  std::chrono::milliseconds grace_;

  Stage stage_ = Stage::running;
  /// When the stage is over: at the deadline, at the end of the grace, of the wait for SIGKILL.
  std::optional<Clock::time_point> next_step_;
  /// How the process itself ended.
  std::optional<Ending> ended_;
  /// Why it was stopped, if it was.
  std::optional<Ending> stopped_;
};

/// `on_line` outlives the answer. The error is how the command ended without having begun.
tl::expected<Supervision, Result> begin(const Command& command, const LineSink& on_line,
                                        ProcessTrees& trees, Cancellation& cancellation,
                                        std::chrono::milliseconds grace) {
  if (const std::optional<int> signal = cancellation.requested()) {
    return tl::unexpected(Result{.ending = Cancelled{.signal = *signal}});
  }
  trees.reap_orphans();
  const Clock::time_point start = Clock::now();
  tl::expected<Child, NotStarted> child = Child::start(command, trees);
  if (!child) {
    return tl::unexpected(Result{.ending = std::move(child.error())});
  }
  OutputPump pump(std::move(child->output), std::move(child->errors), command, on_line);
  return Supervision(std::move(*child), trees, std::move(pump), start, command.deadline,
                     cancellation, grace);
}

}  // namespace

PosixRunner::PosixRunner(Cancellation& cancellation, std::chrono::milliseconds grace)
    : cancellation_(cancellation), grace_(grace) {}

Result PosixRunner::run(const Command& command, const LineSink& on_line) {
  return run_beside(command, on_line, [] {});
}

Result PosixRunner::run_beside(const Command& command, const LineSink& on_line,
                               const std::function<void()>& work) {
  PidFile none;
  PidFile& pid_file = pid_file_ != nullptr ? *pid_file_ : none;
  pid_file.starting(command.program);
  tl::expected<Supervision, Result> begun = begin(command, on_line, trees_, cancellation_, grace_);
  if (!begun) {
    pid_file.ended();
    return std::move(begun.error());
  }
  pid_file.started(begun->pid());
  PidFile* const noted = std::exchange(pid_file_, nullptr);
  work();
  pid_file_ = noted;
  Result result = begun->wait_for_end();
  if (begun->has_ended()) {
    pid_file.ended();
  }
  return result;
}

}  // namespace process
