// `fluke validate`: starts no process, unless it is to ask mise for the tasks.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

#include "executor/mise/client.h"
#include "fluke/commands.h"
#include "fluke/documents.h"
#include "fluke/fail.h"
#include "fluke/load.h"
#include "fluke/programs.h"
#include "fluke/reports.h"
#include "manifest/masking.h"
#include "process/posix_runner.h"
#include "reconcile/task_check.h"
#include "text/quote.h"

namespace fluke {
namespace {

reconcile::TaskCheck ask_mise(const Loaded& loaded, process::Environment environment,
                              Programs programs, process::Cancellation& cancellation) {
  std::vector<const manifest::Resource*> resources;
  for (const manifest::Resource& resource : loaded.manifest.resources) {
    resources.push_back(&resource);
  }
  process::PosixRunner runner(cancellation);
  reconcile::World world =
      make_world(runner, cancellation, std::move(environment), std::move(programs));
  return reconcile::check_tasks(resources, {.secrets = loaded.manifest.secrets}, world);
}

/// Adds what is wrong with the tasks to what is wrong with the manifests.
tl::expected<End, std::string> check_tasks(const Options& options, Loaded& loaded,
                                           Console& console) {
  process::Environment environment = environment_of_children(loaded.manifest);
  auto programs = find_programs(options, environment, false);
  if (!programs) {
    return tl::unexpected(programs.error());
  }
  tell_passed_over(*programs, console);
  if (!programs->mise) {
    return tl::unexpected("mise was " + mise::describe_not_found(environment));
  }
  tl::expected<process::Cancellation, int> cancellation = process::Cancellation::create();
  if (!cancellation) {
    return tl::unexpected(
        fmt::format("cannot watch for signals: {}", std::strerror(cancellation.error())));
  }
  console.limit_waiting();
  reconcile::TaskCheck found =
      ask_mise(loaded, std::move(environment), *std::move(programs), *cancellation);
  // The places are in the manifests as they were read.
  std::ranges::move(manifest::Masking().apply(found.problems), std::back_inserter(loaded.texts));
  for (const diagnostic::Diagnostic& problem : found.problems) {
    if (!options.quiet || problem.severity == diagnostic::Severity::error) {
      print({problem}, options, console);
    }
  }
  std::ranges::move(found.problems, std::back_inserter(loaded.diagnostics));
  return End{.code = exit_code(found.causes), .signal = cancellation->requested()};
}

void say_valid(const Options& options, const Loaded& loaded, Console& console) {
  console.out.write(fmt::format("{} in {}: valid{}\n",
                                text::counted(loaded.manifest.resources.size(), "resource"),
                                text::counted(loaded.sources.size(), "manifest"),
                                options.tasks ? ", and mise knows their tasks" : ""));
}

}  // namespace

End validate_command(const Options& options, Console& console) {
  Loaded loaded = load(options);
  if (loaded.failure) {
    return fail_to_load(options, loaded, console);
  }
  print_warnings(loaded, options, console);
  End end;
  if (options.tasks) {
    const auto checked = check_tasks(options, loaded, console);
    if (!checked) {
      return fail_with(options, ExitCode::unavailable, checked.error(), console);
    }
    end = *checked;
  }
  const bool is_valid = end.code == ExitCode::success && !end.signal;
  if (is_valid && options.format == Format::text && !options.quiet) {
    say_valid(options, loaded, console);
  }
  Reports reports(options, &loaded.manifest, loaded.diagnostics, console);
  return reports.finish(end, nothing_happened());
}

}  // namespace fluke
