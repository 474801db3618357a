#include "fluke/session.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "diagnostic/render.h"
#include "fluke/reports.h"
#include "fluke/selection.h"
#include "git/environment.h"

namespace fluke {
namespace {

std::string_view kind_of(ExitCode code) {
  switch (code) {
    case ExitCode::usage:
      return "usage";
    case ExitCode::unavailable:
      return "program-missing";
    case ExitCode::unreadable_manifest:
      return "cannot-read";
    case ExitCode::report_not_written:
      return "cannot-write";
    default:
      return "failed";
  }
}

}  // namespace

Session::Session(const Invocation& invocation, const Inputs& inputs, const OutputOptions& output,
                 Console& console)
    : invocation_(invocation), inputs_(inputs), output_(output), console_(console) {}

tl::expected<void, ExitRequest> Session::load() {
  loaded_ = fluke::load(inputs_, invocation_);
  if (loaded_.failure) {
    print(loaded_.diagnostics);
    return tl::unexpected(report(*loaded_.failure, loaded_.diagnostics));
  }
  return {};
}

tl::expected<std::vector<const manifest::Resource*>, ExitRequest> Session::select(
    const Selection& selection) {
  return fluke::select(loaded_.manifest, selection, invocation_)
      .map_error([&](const Failure& failure) { return fail(failure); });
}

tl::expected<void, ExitRequest> Session::find_programs(
    const ProgramOptions& options, bool needs_git,
    const std::vector<const manifest::Resource*>& resources) {
  environment_ = environment_of_children(loaded_.manifest);
  auto found = fluke::find_programs(options, invocation_, environment_, needs_git,
                                    types_of(resources, invocation_.types));
  if (!found) {
    return tl::unexpected(fail(found.error()));
  }
  programs_ = *std::move(found);
  return {};
}

tl::expected<void, ExitRequest> Session::watch_for_signals() {
  auto cancellation = process::Cancellation::create();
  if (!cancellation) {
    return tl::unexpected(fail({.code = ExitCode::failure,
                                .message = fmt::format("cannot watch for signals: {}",
                                                       std::strerror(cancellation.error()))}));
  }
  console_.limit_waiting();
  cancellation_.emplace(*std::move(cancellation));
  runner_.emplace(*cancellation_);
  return {};
}

ExitRequest Session::fail(const Failure& failure) {
  console_.complain(failure.message);
  return report(failure.code, {{.kind = failure.kind.empty() ? kind_of(failure.code) : failure.kind,
                                .summary = failure.message}});
}

ExitRequest Session::report(ExitCode code, const diagnostic::Diagnostics& diagnostics) {
  Reports reports(invocation_, inputs_, output_, nullptr, diagnostics, console_);
  return reports.finish({.code = code}, nothing_happened());
}

void Session::print(const diagnostic::Diagnostics& diagnostics) {
  console_.print(diagnostics, output_.colour);
}

void Session::print_warnings() {
  if (!output_.quiet) {
    print(loaded_.diagnostics);
  }
}

void Session::print_passed_over() {
  for (const std::string& reason : programs_.passed_over) {
    console_.complain(reason);
  }
}

reconcile::World Session::world() {
  const auto git = programs_.found.find("git");
  return {.runner = *runner_,
          .cancellation = *cancellation_,
          .environment = git == programs_.found.end()
                             ? environment_
                             : git::clean_environment(environment_, git->second, *runner_),
          .programs = programs_.found};
}

}  // namespace fluke
