// What the engine knows of the thing that checks and applies.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "process/runner.h"
#include "reconcile/outcome.h"

namespace reconcile {

/// Why an executor is not ready to work on a resource.
struct NotReady {
  Cause cause = Cause::misconfigured;
  std::string reason;
  std::string output;
};

/// One way to check and apply one resource. A new executor is one more class like this.
class Executor {
 public:
  virtual ~Executor() = default;

  /// Makes sure, before anything runs, that both operations exist. Called after the sync.
  [[nodiscard]] virtual tl::expected<void, NotReady> prepare() = 0;

  struct Ran {
    TaskRecord record;
    /// The end of what it printed.
    std::string output;
  };
  [[nodiscard]] virtual Ran check(const process::LineSink& on_line) = 0;
  [[nodiscard]] virtual Ran apply(const process::LineSink& on_line) = 0;

 protected:
  Executor() = default;
  Executor(const Executor&) = default;
  Executor& operator=(const Executor&) = default;
};

}  // namespace reconcile
