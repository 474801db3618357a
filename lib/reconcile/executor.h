// What the engine knows of the thing that checks and applies.
#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>

#include "process/runner.h"
#include "reconcile/failure.h"
#include "reconcile/outcome.h"

namespace reconcile {

/// One way to check and apply one resource. A new executor is one more class like this.
class Executor {
 public:
  virtual ~Executor() = default;

  /// Told when the files of the working directory may have changed: what was learned of them before
  /// no longer counts.
  virtual void files_changed() = 0;

  /// Makes sure, before anything runs, that both operations exist. Called after the sync.
  [[nodiscard]] virtual tl::expected<void, Failure> prepare() = 0;

  struct Ran {
    TaskRecord record;
    /// It had printed more than `record.output` before.
    bool is_cut = false;
    /// What somebody should know who relies on a check that found all well.
    std::string note = {};
  };
  [[nodiscard]] virtual Ran check(const process::LineSink& on_line) = 0;
  /// Makes sure that it was the check itself that said no, before that counts as drift.
  [[nodiscard]] virtual tl::expected<void, Failure> confirm(const TaskRecord& check) = 0;
  [[nodiscard]] virtual Ran apply(const process::LineSink& on_line) = 0;

 protected:
  Executor() = default;
  Executor(const Executor&) = default;
  Executor& operator=(const Executor&) = default;
};

/// What a check that ended says about the desired state.
enum class Answer {
  /// It exited with status 0.
  satisfied,
  /// It exited with any other status.
  drifted,
  /// It exited with a status by which it says that it cannot tell: nothing may be applied.
  unknown,
  /// It ended in any other way: nothing is known, and nothing may be applied.
  none,
};

/// `unknown` holds the statuses by which the check says that it cannot tell.
[[nodiscard]] Answer answer_of(const process::Ending& ending, std::span<const int> unknown);

}  // namespace reconcile
