// What the engine knows of a type of resource: who checks and applies a resource of it, and who can
// say beforehand what a run would find. A new type is one class for each of the interfaces here.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"
#include "manifest/type.h"
#include "process/program.h"
#include "process/runner.h"
#include "reconcile/outcome.h"
#include "reconcile/task_variables.h"
#include "reconcile/world.h"

namespace reconcile {

/// What a check that ended says about the desired state.
enum class CheckResult {
  satisfied,
  drifted,
  /// It says that it cannot tell: nothing may be applied.
  unknown,
  /// It did not come to an end of its own: nothing is known, and nothing may be applied.
  none,
};

/// What an exit status says: 0 is satisfied, one of `unknown` that the check cannot tell, and any
/// other is drift.
[[nodiscard]] CheckResult result_of(const process::Ending& ending, std::span<const int> unknown);

/// Checks and applies one resource.
class Executor {
 public:
  virtual ~Executor() = default;

  /// Told when the files of the working directory may have changed: what was learned of them before
  /// no longer counts.
  virtual void files_changed() = 0;

  /// From now on commands find these in their environment, as far as the resource's `env` does not
  /// say otherwise.
  void set_task_variables(TaskVariables variables) { task_variables_ = std::move(variables); }

  /// Makes sure, before anything runs, that both operations exist. Called after the sync, and
  /// before what follows.
  [[nodiscard]] virtual tl::expected<void, Failure> prepare() = 0;

  struct Ran {
    TaskRecord record;
    /// What a check says; of no meaning after an apply.
    CheckResult result = CheckResult::none;
    /// It had printed more than `record.output` before.
    bool is_cut = false;
    /// What somebody should know who relies on a check that found all well. Otherwise what is
    /// wrong, where that says more than how the command ended.
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

  [[nodiscard]] const TaskVariables& task_variables() const { return task_variables_; }

 private:
  TaskVariables task_variables_;
};

/// Makes the executors of one type in one run, and keeps what they share.
class ExecutorFactory {
 public:
  virtual ~ExecutorFactory() = default;

  /// Each command of the executor has `deadline`. `resource` and the factory outlive it.
  [[nodiscard]] virtual std::unique_ptr<Executor> make(
      const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline) = 0;

 protected:
  ExecutorFactory() = default;
  ExecutorFactory(const ExecutorFactory&) = default;
  ExecutorFactory& operator=(const ExecutorFactory&) = default;
};

/// Looks at resources of one type as a run would find them, and runs nothing that they name.
class Preflight {
 public:
  virtual ~Preflight() = default;

  /// What is there for a run, "\"check\" and \"apply\" are there", or why the resource would fail.
  /// Each question to a program has `deadline`.
  [[nodiscard]] virtual tl::expected<std::string, Failure> examine(
      const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline) = 0;

  /// Something that the manifest names and this host lacks.
  struct Problem {
    Cause cause = Cause::misconfigured;
    std::string_view kind;
    diagnostic::Range range;
    std::string summary;
    std::string detail;
  };
  /// The one that `failure` is, at its place: its reason is the summary, and what to do about it,
  /// behind "; ", the detail.
  [[nodiscard]] static Problem problem_of(const Failure& failure, std::string_view kind,
                                          diagnostic::Range range);

  /// The same, each problem by the place in the manifest.
  [[nodiscard]] virtual std::vector<Problem> find_problems(
      const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline) = 0;

 protected:
  Preflight() = default;
  Preflight(const Preflight&) = default;
  Preflight& operator=(const Preflight&) = default;
};

/// A type of resource whole: what its blocks mean, and how its resources are checked and applied.
class ResourceType : public manifest::ResourceType {
 public:
  /// Without them no resource of this type can be checked.
  [[nodiscard]] virtual std::span<const process::Program> programs() const { return {}; }

  /// `world` outlives the result, and has the programs.
  [[nodiscard]] virtual std::unique_ptr<ExecutorFactory> open(World& world) const = 0;
  [[nodiscard]] virtual std::unique_ptr<Preflight> preflight(World& world) const = 0;
};

/// The factory of executors that share nothing but the world.
template <typename Executor>
class FactoryOf : public ExecutorFactory {
 public:
  explicit FactoryOf(World& world) : world_(world) {}

  [[nodiscard]] std::unique_ptr<reconcile::Executor> make(
      const manifest::Resource& resource,
      std::optional<std::chrono::milliseconds> deadline) override {
    return std::make_unique<Executor>(world_, resource, deadline);
  }

 private:
  World& world_;
};

/// A type with these two classes, each made of a world.
template <typename FactoryType, typename PreflightType>
class ResourceTypeOf : public ResourceType {
 public:
  [[nodiscard]] std::unique_ptr<ExecutorFactory> open(World& world) const override {
    return std::make_unique<FactoryType>(world);
  }
  [[nodiscard]] std::unique_ptr<Preflight> preflight(World& world) const override {
    return std::make_unique<PreflightType>(world);
  }
};

using ResourceTypes = std::span<const ResourceType* const>;

/// The type of a resource that was decoded with types of this kind.
[[nodiscard]] const ResourceType& type_of(const manifest::Resource& resource);

/// That a program is missing which resources of this type need; nothing where `world` has them all.
[[nodiscard]] std::optional<Failure> missing_program(const ResourceType& type, const World& world);

}  // namespace reconcile
