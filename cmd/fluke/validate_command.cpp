// `fluke validate`: starts no process, unless it is to look for the tasks.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "fluke/commands.h"
#include "fluke/programs.h"
#include "fluke/reports.h"
#include "fluke/session.h"
#include "manifest/masking.h"
#include "reconcile/task_check.h"
#include "text/quote.h"

namespace fluke {
namespace {

using Resources = std::vector<const manifest::Resource*>;

/// Adds what is wrong with the tasks to what is wrong with the manifests.
tl::expected<ExitRequest, ExitRequest> check_tasks(const Resources& resources,
                                                   const ValidateOptions& options,
                                                   const reconcile::ResourceTypes& types,
                                                   Session& session) {
  Loaded& loaded = session.loaded();
  const Resources all = with_tasks_of_notifications(resources, loaded.manifest);
  if (const auto found = session.find_programs(options.programs, false, all); !found) {
    return tl::unexpected(found.error());
  }
  session.print_passed_over();
  if (const auto watching = session.watch_for_signals(); !watching) {
    return tl::unexpected(watching.error());
  }
  reconcile::World world = session.world();
  for (const reconcile::ResourceType* type : types_of(all, types)) {
    if (const auto missing = reconcile::missing_program(*type, world)) {
      return tl::unexpected(
          session.fail({.code = ExitCode::unavailable, .message = missing->reason}));
    }
  }
  reconcile::TaskCheck found = reconcile::check_tasks(resources, loaded.manifest.notifications,
                                                      {.secrets = loaded.manifest.secrets}, world);
  // The places are in the manifests as they were read.
  std::ranges::move(manifest::Masking().apply(found.problems), std::back_inserter(loaded.texts));
  for (const diagnostic::Diagnostic& problem : found.problems) {
    if (!options.output.quiet || problem.severity == diagnostic::Severity::error) {
      session.print({problem});
    }
  }
  std::ranges::move(found.problems, std::back_inserter(loaded.diagnostics));
  return ExitRequest{.code = exit_code(found.causes), .signal = session.cancellation().requested()};
}

/// ", and mise knows their tasks".
std::string describe_known_tasks(const Resources& resources,
                                 const reconcile::ResourceTypes& types) {
  std::vector<std::string_view> names;
  for (const reconcile::ResourceType* type : types_of(resources, types)) {
    names.push_back(type->name());
  }
  return fmt::format(", and {} {} their tasks", fmt::join(names, " and "),
                     names.size() == 1 ? "knows" : "know");
}

}  // namespace

ExitRequest execute(const ValidateOptions& options, const Invocation& invocation,
                    Console& console) {
  Session session(invocation, options.inputs, options.output, console);
  const auto resources = session.load().and_then([&] { return session.select({}); });
  if (!resources) {
    return resources.error();
  }
  session.print_warnings();
  ExitRequest end;
  if (options.tasks) {
    const auto checked = check_tasks(*resources, options, invocation.types, session);
    if (!checked) {
      return checked.error();
    }
    end = *checked;
  }
  const Loaded& loaded = session.loaded();
  const bool is_valid = end.code == ExitCode::success && !end.signal;
  if (is_valid && options.output.format == Format::text && !options.output.quiet) {
    console.out.write(
        fmt::format("{} in {}: valid{}\n", text::counted(resources->size(), "resource"),
                    text::counted(loaded.sources.size(), "manifest"),
                    options.tasks ? describe_known_tasks(*resources, invocation.types) : ""));
  }
  session.reports().set_manifest(&loaded.manifest, loaded.diagnostics);
  return session.reports().finish(end, nothing_happened());
}

}  // namespace fluke
