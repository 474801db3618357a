// What commands do before their own work, step by step: load the manifests, select resources, find
// programs, watch for signals. A step that fails says so on standard error and in the reports
// that were asked for; its error is how to end.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/load.h"
#include "fluke/options.h"
#include "fluke/programs.h"
#include "fluke/reports.h"
#include "process/cancellation.h"
#include "process/posix_runner.h"
#include "reconcile/engine.h"
#include "reconcile/includes.h"
#include "reconcile/world.h"

namespace fluke {

/// One for each call of fluke. What it is made of outlives it.
class Session {
 public:
  Session(const Invocation& invocation, const Inputs& inputs, const OutputOptions& output,
          Console& console);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] tl::expected<void, ExitRequest> load();

  /// The same in stages, for those who sync the includes in between: first read(), which leaves
  /// them in the manifest, then add() where there are any, then decode().
  [[nodiscard]] tl::expected<void, ExitRequest> read();
  void add(reconcile::RunStart start, std::vector<reconcile::SyncedInclude> includes);
  [[nodiscard]] tl::expected<void, ExitRequest> decode();

  /// In the order in which they run; they point into the manifest.
  [[nodiscard]] tl::expected<std::vector<const manifest::Resource*>, ExitRequest> select(
      const Selection& selection);

  /// Those that the types of `resources` need; all where there are no resources.
  [[nodiscard]] tl::expected<void, ExitRequest> find_programs(
      const ProgramOptions& options, bool needs_git,
      const std::vector<const manifest::Resource*>& resources);

  /// From now on until the end (once is enough), signals wait to be asked for, and no reader holds
  /// fluke up.
  [[nodiscard]] tl::expected<void, ExitRequest> watch_for_signals();

  /// Hears how a command ends that cannot do its work, and why, before the reports are written;
  /// may add to its outcome, and says how it is to end after all.
  using FailureSink = std::function<ExitRequest(
      const ExitRequest& end, const diagnostic::Diagnostics& why, reconcile::RunOutcome& outcome)>;
  void set_on_failure(FailureSink on_failure) { on_failure_ = std::move(on_failure); }

  /// Says why the command cannot do its work.
  [[nodiscard]] ExitRequest fail(const Failure& failure);

  /// Ends a command that cannot do its work, for the reasons that loaded() has, if any.
  [[nodiscard]] ExitRequest end(const ExitRequest& end, reconcile::RunOutcome outcome);

  /// Prints diagnostics on standard error, coloured as the options say.
  void print(const diagnostic::Diagnostics& diagnostics);

  /// Prints what there is to say about manifests that can be used; nothing when quiet.
  void print_warnings();

  /// Names what was found before the programs, and is not to be run by root.
  void print_passed_over();

  [[nodiscard]] Loaded& loaded() { return loaded_; }
  /// Begun when they are first asked for.
  [[nodiscard]] Reports& reports();
  /// That of a run which has not come to its resources: of the includes only.
  [[nodiscard]] reconcile::RunOutcome outcome() const;
  /// Absent where there are no includes.
  [[nodiscard]] const std::optional<reconcile::RunStart>& start() const { return start_; }
  [[nodiscard]] const Programs& programs() const { return programs_; }
  [[nodiscard]] process::Cancellation& cancellation() { return *cancellation_; }

  /// After find_programs() and watch_for_signals(): what the engine works with.
  [[nodiscard]] reconcile::World world();

  /// After a failure, whatever the command had come to by then: what the tasks of the notify blocks
  /// are run with. Nothing where none are known.
  [[nodiscard]] std::optional<reconcile::World> world_of_notifications(
      const ProgramOptions& options);

 private:
  [[nodiscard]] tl::expected<void, ExitRequest> use_loaded();
  void add_failure(const reconcile::SyncedInclude& synced);
  void blame_commits();
  [[nodiscard]] tl::expected<void, Failure> watch();
  [[nodiscard]] ExitRequest finish(ExitRequest end, const diagnostic::Diagnostics& why,
                                   reconcile::RunOutcome outcome);

  const Invocation& invocation_;
  const Inputs& inputs_;
  const OutputOptions& output_;
  Console& console_;
  FailureSink on_failure_;
  Loaded loaded_;
  /// As a whole, not only the includes.
  bool is_decoded_ = false;
  std::optional<reconcile::RunStart> start_;
  std::vector<reconcile::SyncedInclude> includes_;
  /// The names of those whose manifests cannot be used.
  std::set<std::string, std::less<>> refused_;
  std::optional<Reports> reports_;
  process::Environment environment_;
  Programs programs_;
  /// The same without what git calls its own; absent until git is asked, once.
  std::optional<process::Environment> clean_environment_;
  std::optional<process::Cancellation> cancellation_;
  std::optional<process::PosixRunner> runner_;
};

}  // namespace fluke
