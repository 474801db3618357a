#include "fluke/programs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "executor/mise/client.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::expected<std::filesystem::path, std::string> find_named(
    std::string_view option, const std::string& name, const process::Environment& environment) {
  if (const auto found = process::find_program(name, environment)) {
    return *found;
  }
  return tl::unexpected(fmt::format("{} names {}, which is not an executable file{}", option,
                                    text::quoted(name),
                                    name.find('/') == std::string::npos ? " on PATH" : ""));
}

}  // namespace

process::Environment environment_of_children(const manifest::Manifest& manifest) {
  process::Environment environment = process::Environment::from(environ);
  for (const std::string& name : manifest.sensitive_variables) {
    environment.unset("FLUKE_VAR_" + name);
  }
  return environment;
}

tl::expected<Programs, std::string> find_programs(const Options& options,
                                                  const process::Environment& environment,
                                                  bool needs_git) {
  Programs programs;
  if (options.git) {
    auto found = find_named(setter_of("git", options), *options.git, environment);
    if (!found) {
      return tl::unexpected(found.error());
    }
    programs.git = *found;
  } else if (needs_git) {
    programs.git = process::find_program("git", environment, {}, &programs.passed_over);
  }
  if (options.mise) {
    auto found = find_named(setter_of("mise", options), *options.mise, environment);
    if (!found) {
      return tl::unexpected(found.error());
    }
    programs.mise = *found;
  } else {
    programs.mise = mise::find_mise(environment, &programs.passed_over);
  }
  return programs;
}

void tell_passed_over(const Programs& programs, Console& console) {
  for (const std::string& reason : programs.passed_over) {
    console.complain(reason);
  }
}

bool needs_git(const std::vector<const manifest::Resource*>& resources) {
  return std::ranges::any_of(resources, [](const manifest::Resource* resource) {
    return resource->enabled && resource->git.has_value();
  });
}

reconcile::World make_world(process::Runner& runner, process::Cancellation& cancellation,
                            process::Environment environment, Programs programs) {
  return {.runner = runner,
          .cancellation = cancellation,
          .environment = std::move(environment),
          .git = std::move(programs.git),
          .mise = std::move(programs.mise)};
}

}  // namespace fluke
