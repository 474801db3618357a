#include "doctor/programs.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "file/safe_path.h"
#include "process/result.h"
#include "text/quote.h"

namespace doctor {
namespace {

/// What cron(8) gives to jobs that do not set it.
constexpr std::string_view cron_path = "/usr/bin:/bin";

constexpr process::Program git = {
    .name = "git",
    .find = [](const process::Environment& environment,
               process::PassedOver* passed_over) -> std::optional<std::filesystem::path> {
      return process::find_program("git", environment, {}, passed_over);
    },
    .describe_not_found =
        [](const process::Environment&) {
          return std::string("not found on PATH; install it, or name it with --git");
        },
    // The first one that takes settings from variables, as fluke hands them over.
    .oldest = {2, 31},
    .version_prefix = "git version "};

/// What `program --version` says: its first line, or how it ended instead.
tl::expected<std::string, process::Ending> ask_version(
    reconcile::World& world, const std::filesystem::path& program,
    std::optional<std::chrono::milliseconds> deadline) {
  const process::Result result = world.runner.run({.program = program,
                                                   .arguments = {"--version"},
                                                   .environment = world.environment.entries(),
                                                   .working_dir = "/",
                                                   .streams = process::Streams::separate,
                                                   .deadline = deadline},
                                                  {});
  if (!process::succeeded(result.ending)) {
    return tl::unexpected(result.ending);
  }
  return result.output.substr(0, result.output.find('\n'));
}

Finding cannot_run(std::string_view name, const std::filesystem::path& program,
                   const process::Ending& ending) {
  return {.verdict = Verdict::fail,
          .subject = name,
          .message = fmt::format("{} does not print its version: it {}; install it again, or name "
                                 "another with --{}",
                                 text::quoted(program.native()), process::describe(ending), name)};
}

Finding examine(reconcile::World& world, const process::Program& program, bool is_needed,
                std::optional<std::chrono::milliseconds> deadline) {
  const Verdict unless_needed = is_needed ? Verdict::fail : Verdict::warn;
  const std::filesystem::path* path = world.find(program.name);
  if (path == nullptr) {
    return {.verdict = unless_needed,
            .subject = program.name,
            .message = program.describe_not_found(world.environment)};
  }
  const auto answer = ask_version(world, *path, deadline);
  if (!answer) {
    return cannot_run(program.name, *path, answer.error());
  }
  const bool has_prefix = answer->starts_with(program.version_prefix);
  const std::string version = answer->substr(has_prefix ? program.version_prefix.size() : 0);
  const std::string shown = version.substr(0, version.find(' '));
  if (process::leading_numbers(shown) < program.oldest) {
    return {.verdict = unless_needed,
            .subject = program.name,
            .message = fmt::format("{} is version {}; fluke needs {}.{} or newer",
                                   text::quoted(path->native()), shown, program.oldest.first,
                                   program.oldest.second)};
  }
  return {.subject = program.name, .message = fmt::format("{}, version {}", path->native(), shown)};
}

/// What cron would find instead of what is found here; nothing if it is the same.
std::optional<Finding> difference(std::string_view name, const FoundByName& found_here,
                                  const std::optional<std::filesystem::path>& there) {
  const auto here = found_here.find(name);
  if (here == found_here.end() || here->second == there) {
    return std::nullopt;
  }
  const std::string found = there ? fmt::format("is {} and not", there->native())
                                  : std::string("is not found; here it is");
  const std::string remedy =
      name == "fluke" ? "write the whole path there" : fmt::format("name it with --{}", name);
  return Finding{
      .verdict = Verdict::warn,
      .subject = "cron",
      .message = fmt::format("with its PATH, {}, {} {} {}; set PATH in the crontab, or {}",
                             cron_path, name, found, here->second.native(), remedy)};
}

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> directories;
  while (!path.empty()) {
    const std::string_view directory = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(directory.size() + 1, path.size()));
    directories.emplace_back(directory);
  }
  return directories;
}

/// The directories of the user's PATH that cron's does not name.
std::vector<std::string> missing_under_cron(const process::Environment& environment) {
  std::vector<std::string> missing;
  std::set<std::string> known = {"", "/usr/bin", "/bin"};
  for (std::string& directory : split(environment.get("PATH").value_or(""))) {
    if (known.insert(directory).second) {
      missing.push_back(text::neutralised(directory));
    }
  }
  return missing;
}

}  // namespace

Findings examine_programs(reconcile::World& world, bool needs_git,
                          std::span<const process::Program> programs,
                          std::optional<std::chrono::milliseconds> deadline) {
  Findings findings = {examine(world, git, needs_git, deadline)};
  for (const process::Program& program : programs) {
    findings.push_back(examine(world, program, true, deadline));
  }
  return findings;
}

Findings examine_hands(const process::Environment& environment,
                       const process::PassedOver& passed_over) {
  Findings findings;
  for (const std::string& reason : passed_over) {
    findings.push_back({.verdict = Verdict::fail,
                        .subject = "program",
                        .message = reason + "; take its directory out of PATH and set HOME to your "
                                            "own, or name the program with --git or --mise"});
  }
  if (const auto home = environment.get("HOME"); home && !home->empty()) {
    if (const auto hands = file::why_unsafe(*home)) {
      findings.push_back({.verdict = Verdict::fail,
                          .subject = "home",
                          .message = fmt::format("HOME: {}, and git and mise run what the settings "
                                                 "there say; set HOME to a directory of your own",
                                                 *hands)});
    }
  }
  return findings;
}

Findings examine_cron(const process::Environment& environment,
                      std::span<const process::Program> programs, const FoundByName& here) {
  process::Environment there = environment;
  there.set("PATH", cron_path);
  std::vector<std::string_view> names;
  Findings findings;
  const auto compare = [&](std::string_view name,
                           const std::optional<std::filesystem::path>& found) {
    names.push_back(name);
    if (auto finding = difference(name, here, found)) {
      findings.push_back(*std::move(finding));
    }
  };
  compare("fluke", process::find_program("fluke", there));
  compare(git.name, git.find(there, nullptr));
  for (const process::Program& program : programs) {
    compare(program.name, program.find(there, nullptr));
  }
  if (findings.empty()) {
    const std::vector<std::string> missing = missing_under_cron(environment);
    const std::string note =
        missing.empty() ? "" : fmt::format(", but its tasks lack {}", fmt::join(missing, ", "));
    const std::string_view last = names.back();
    names.pop_back();
    findings.push_back({.subject = "cron",
                        .message = fmt::format("its PATH, {}, finds the same {} and {}{}",
                                               cron_path, fmt::join(names, ", "), last, note)});
  }
  return findings;
}

}  // namespace doctor
