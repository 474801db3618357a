// `fluke validate`: starts no process, unless it is to look for the tasks.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

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

std::vector<const manifest::Resource*> pointers_to(
    const std::vector<manifest::Resource>& resources) {
  std::vector<const manifest::Resource*> pointers;
  for (const manifest::Resource& resource : resources) {
    pointers.push_back(&resource);
  }
  return pointers;
}

/// Adds what is wrong with the tasks to what is wrong with the manifests.
tl::expected<End, std::string> check_tasks(const Options& options, Loaded& loaded,
                                           Console& console) {
  const auto resources = pointers_to(loaded.manifest.resources);
  const auto types = types_of(resources, options);
  process::Environment environment = environment_of_children(loaded.manifest);
  auto programs = find_programs(options, environment, false, types);
  if (!programs) {
    return tl::unexpected(programs.error());
  }
  tell_passed_over(*programs, console);
  tl::expected<process::Cancellation, int> cancellation = process::Cancellation::create();
  if (!cancellation) {
    return tl::unexpected(
        fmt::format("cannot watch for signals: {}", std::strerror(cancellation.error())));
  }
  process::PosixRunner runner(*cancellation);
  reconcile::World world =
      make_world(runner, *cancellation, std::move(environment), *std::move(programs));
  for (const reconcile::ResourceType* type : types) {
    if (const process::Program* missing = reconcile::find_missing_program(*type, world)) {
      return tl::unexpected(
          fmt::format("{} was {}", missing->name, missing->describe_not_found(world.environment)));
    }
  }
  console.limit_waiting();
  reconcile::TaskCheck found =
      reconcile::check_tasks(resources, {.secrets = loaded.manifest.secrets}, world);
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

/// ", and mise knows their tasks".
std::string describe_known_tasks(const Options& options, const Loaded& loaded) {
  std::vector<std::string_view> names;
  for (const reconcile::ResourceType* type :
       types_of(pointers_to(loaded.manifest.resources), options)) {
    names.push_back(type->name());
  }
  return fmt::format(", and {} {} their tasks", fmt::join(names, " and "),
                     names.size() == 1 ? "knows" : "know");
}

void say_valid(const Options& options, const Loaded& loaded, Console& console) {
  console.out.write(fmt::format("{} in {}: valid{}\n",
                                text::counted(loaded.manifest.resources.size(), "resource"),
                                text::counted(loaded.sources.size(), "manifest"),
                                options.tasks ? describe_known_tasks(options, loaded) : ""));
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
