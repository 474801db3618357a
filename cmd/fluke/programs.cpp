#include "fluke/programs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "reconcile/task_variables.h"
#include "text/quote.h"

namespace fluke {
namespace {

constexpr std::string_view variable_prefix = "FLUKE_VAR_";

tl::expected<std::filesystem::path, Failure> find_named(std::string_view setter,
                                                        const std::string& name,
                                                        const process::Environment& environment) {
  if (const auto found = process::find_program(name, environment)) {
    return *found;
  }
  return tl::unexpected(Failure{
      .code = ExitCode::unavailable,
      .message =
          fmt::format("{} names {}, which is not an executable file{}", setter, text::quoted(name),
                      name.find('/') == std::string::npos ? " on PATH" : "")});
}

}  // namespace

process::Environment environment_of_children(const manifest::Manifest& manifest) {
  process::Environment environment = process::Environment::from(environ);
  reconcile::unset_outer_variables(environment);
  for (const std::string& name : manifest.sensitive_variables) {
    environment.unset(std::string(variable_prefix) + name);
  }
  return environment;
}

void withhold_variables(process::Environment& environment) {
  std::vector<std::string> names;
  for (const std::string& entry : environment.entries()) {
    if (entry.starts_with(variable_prefix)) {
      names.push_back(entry.substr(0, entry.find('=')));
    }
  }
  for (const std::string& name : names) {
    environment.unset(name);
  }
}

std::optional<std::string> named_program(const ProgramOptions& options, std::string_view program) {
  if (program == "git") {
    return options.git;
  }
  return program == "mise" ? options.mise : std::nullopt;
}

std::vector<const reconcile::ResourceType*> types_of(
    const std::vector<const manifest::Resource*>& resources, reconcile::ResourceTypes types) {
  if (resources.empty()) {
    return {types.begin(), types.end()};
  }
  std::vector<const reconcile::ResourceType*> used;
  for (const manifest::Resource* resource : resources) {
    const reconcile::ResourceType& type = reconcile::type_of(*resource);
    if (std::ranges::find(used, &type) == used.end()) {
      used.push_back(&type);
    }
  }
  return used;
}

tl::expected<Programs, Failure> find_programs(const ProgramOptions& options,
                                              const Invocation& invocation,
                                              const process::Environment& environment,
                                              bool needs_git, reconcile::ResourceTypes types) {
  Programs programs;
  for (const char* name : {"git", "mise"}) {
    if (const auto named = named_program(options, name)) {
      auto found = find_named(invocation.setter_of(name), *named, environment);
      if (!found) {
        return tl::unexpected(found.error());
      }
      programs.found.emplace(name, *std::move(found));
    }
  }
  const auto look_for = [&](std::string_view name, const auto& find) {
    if (!programs.found.contains(name)) {
      if (auto found = find(environment, &programs.passed_over)) {
        programs.found.emplace(name, *std::move(found));
      }
    }
  };
  if (needs_git) {
    look_for("git", [](const auto& where, auto* passed_over) {
      return process::find_program("git", where, {}, passed_over);
    });
  }
  for (const reconcile::ResourceType* type : types) {
    for (const process::Program& program : type->programs()) {
      look_for(program.name, program.find);
    }
  }
  return programs;
}

std::vector<const manifest::Resource*> with_tasks_of_notifications(
    std::vector<const manifest::Resource*> resources, const manifest::Manifest& manifest) {
  for (const manifest::Notification& notification : manifest.notifications) {
    resources.push_back(&notification.task);
  }
  return resources;
}

bool needs_git(const std::vector<const manifest::Resource*>& resources) {
  return std::ranges::any_of(resources, [](const manifest::Resource* resource) {
    return resource->enabled && resource->git.has_value();
  });
}

bool needs_git(const std::vector<manifest::Include>& includes) {
  return std::ranges::any_of(includes, [](const manifest::Include& include) {
    return include.checkout.enabled && include.checkout.git.has_value();
  });
}

}  // namespace fluke
