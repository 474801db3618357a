#include "reconcile/executor.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "git/environment.h"

namespace reconcile {

CheckResult result_of(const process::Ending& ending, std::span<const int> unknown) {
  const auto* exited = std::get_if<process::Exited>(&ending);
  if (exited == nullptr) {
    return CheckResult::none;
  }
  if (exited->code == 0) {
    return CheckResult::satisfied;
  }
  return std::ranges::find(unknown, exited->code) == unknown.end() ? CheckResult::drifted
                                                                   : CheckResult::unknown;
}

Preflight::Problem Preflight::problem_of(const Failure& failure, std::string_view kind,
                                         diagnostic::Range range) {
  const std::size_t hint = failure.reason.find("; ");
  return {.cause = failure.cause,
          .kind = kind,
          .range = range,
          .summary = failure.reason.substr(0, hint),
          .detail = hint == std::string::npos ? "" : failure.reason.substr(hint + 2)};
}

const ResourceType& type_of(const manifest::Resource& resource) {
  return dynamic_cast<const ResourceType&>(*resource.type);
}

std::optional<Failure> missing_program(const ResourceType& type, const World& world) {
  for (const process::Program& program : type.programs()) {
    if (world.find(program.name) == nullptr) {
      return Failure{.cause = Cause::program_missing,
                     .reason = fmt::format("{} was {}", program.name,
                                           program.describe_not_found(world.environment))};
    }
  }
  return std::nullopt;
}

process::Environment inherited_by_commands(const World& world) {
  return git::clean_environment(world.environment);
}

}  // namespace reconcile
