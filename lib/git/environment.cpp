#include "git/environment.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "text/fields.h"

namespace git {
namespace {

constexpr std::array<std::string_view, 18> names = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    // The first is local to git 2.55 and later; with the other one, which receive-pack sets for its
    // hooks, git changes no ref at all.
    "GIT_REFERENCE_BACKEND",
    "GIT_QUARANTINE_PATH",
};

void set_config(process::Environment& environment, std::span<const Setting> settings) {
  std::size_t count = 0;
  const auto add = [&](std::string_view key, std::string_view value) {
    const std::string number = std::to_string(count++);
    environment.set("GIT_CONFIG_KEY_" + number, key);
    environment.set("GIT_CONFIG_VALUE_" + number, value);
  };
  // These two transports run a command, or take a descriptor, that the url names.
  add("protocol.ext.allow", "never");
  add("protocol.fd.allow", "never");
  // What git says to somebody who has left all branches is of no use to a log.
  add("advice.detachedHead", "false");
  for (const Setting& setting : settings) {
    add(setting.key, setting.value);
  }
  environment.set("GIT_CONFIG_COUNT", std::to_string(count));
}

/// GIT_ALLOW_PROTOCOL is a list that overrules the configuration.
void forbid_commands_in_urls(process::Environment& environment) {
  const auto allowed = environment.get("GIT_ALLOW_PROTOCOL");
  if (!allowed) {
    return;
  }
  std::string kept;
  std::string_view rest = *allowed;
  while (!rest.empty()) {
    const std::string_view protocol = text::take(rest, ':');
    if (protocol != "ext" && protocol != "fd") {
      kept += (kept.empty() ? "" : ":") + std::string(protocol);
    }
  }
  environment.set("GIT_ALLOW_PROTOCOL", kept);
}

/// SSH_ASKPASS opens windows, and git itself falls back on it. Somebody who demands it with
/// "force" has written a program that answers by itself; that one stays.
void silence_askpass(process::Environment& environment) {
  if (environment.get("SSH_ASKPASS_REQUIRE") != "force") {
    environment.unset("SSH_ASKPASS");
    environment.set("SSH_ASKPASS_REQUIRE", "never");
  }
}

/// The nearest directory above that git can be told of: the list is split at colons.
std::string ceiling_above(const std::filesystem::path& directory) {
  std::filesystem::path ceiling = directory.parent_path();
  while (ceiling.native().find(':') != std::string::npos) {
    ceiling = ceiling.parent_path();
  }
  return ceiling.native();
}

}  // namespace

process::Environment clean_environment(const process::Environment& inherited) {
  process::Environment clean = inherited;
  for (const std::string_view name : names) {
    clean.unset(name);
  }
  return clean;
}

process::Environment clean_environment(const process::Environment& inherited,
                                       const std::filesystem::path& git, process::Runner& runner) {
  process::Environment clean = clean_environment(inherited);
  const auto is_of_git = [](const std::string& entry) { return entry.starts_with("GIT_"); };
  if (std::ranges::none_of(clean.entries(), is_of_git)) {
    return clean;
  }
  const process::Result result = runner.run({.program = git,
                                             .arguments = {"rev-parse", "--local-env-vars"},
                                             .environment = clean.entries(),
                                             .working_dir = "/",
                                             .streams = process::Streams::separate,
                                             .deadline = std::chrono::seconds(10)},
                                            {});
  std::string_view names_of_git = result.output;
  while (!names_of_git.empty()) {
    clean.unset(text::take(names_of_git, '\n'));
  }
  return clean;
}

process::Environment command_environment(const process::Environment& clean,
                                         const std::filesystem::path& directory,
                                         std::span<const Setting> settings) {
  process::Environment environment = clean;
  environment.set("GIT_TERMINAL_PROMPT", "0");
  silence_askpass(environment);
  environment.set("GIT_EDITOR", ":");
  environment.set("GIT_PAGER", "cat");
  environment.set("GIT_MERGE_AUTOEDIT", "no");
  // A command that only looks does not rewrite the index on the way.
  environment.set("GIT_OPTIONAL_LOCKS", "0");
  environment.set("GIT_CEILING_DIRECTORIES", ceiling_above(directory));
  // No locale but the language of messages: what is in the way is read out of them.
  environment.set("LANGUAGE", "en");
  forbid_commands_in_urls(environment);
  set_config(environment, settings);
  return environment;
}

}  // namespace git
