#include "doctor/programs.h"

#include <fmt/format.h>

#include <charconv>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "executor/mise/client.h"
#include "file/hands.h"
#include "process/result.h"
#include "text/quote.h"

namespace doctor {
namespace {

/// What cron(8) gives to jobs that do not set it.
constexpr std::string_view cron_path = "/usr/bin:/bin";

/// The first git that takes settings from variables, as fluke hands them over.
constexpr std::pair oldest_git(2, 31);

/// The first mise that fluke is tried with.
constexpr std::pair oldest_mise(2024, 9);

/// What `program --version` says: its first line, or how it failed.
tl::expected<std::string, std::string> ask_version(
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
    return tl::unexpected(process::describe(result.ending));
  }
  return result.output.substr(0, result.output.find('\n'));
}

/// The two leading numbers of "2.39.5".
std::pair<int, int> leading_numbers(std::string_view version) {
  std::pair<int, int> numbers(0, 0);
  const char* end = version.data() + version.size();
  const auto [after, error] = std::from_chars(version.data(), end, numbers.first);
  if (error == std::errc() && after != end && *after == '.') {
    std::from_chars(after + 1, end, numbers.second);
  }
  return numbers;
}

Finding cannot_run(std::string_view name, const std::filesystem::path& program,
                   const std::string& how) {
  return {.verdict = Verdict::fail,
          .subject = name,
          .message = fmt::format("{} does not print its version: it {}; install it again, or name "
                                 "another with --{}",
                                 text::quoted(program.native()), how, name)};
}

Finding examine_git(reconcile::World& world, bool is_needed,
                    std::optional<std::chrono::milliseconds> deadline) {
  constexpr std::string_view name = "git";
  if (!world.git) {
    return {.verdict = is_needed ? Verdict::fail : Verdict::warn,
            .subject = name,
            .message = "not found on PATH; install it, or name it with --git"};
  }
  const auto answer = ask_version(world, *world.git, deadline);
  if (!answer) {
    return cannot_run(name, *world.git, answer.error());
  }
  constexpr std::string_view prefix = "git version ";
  const std::string version = answer->starts_with(prefix) ? answer->substr(prefix.size()) : *answer;
  if (leading_numbers(version) < oldest_git) {
    return {.verdict = is_needed ? Verdict::fail : Verdict::warn,
            .subject = name,
            .message = fmt::format("{} is version {}; fluke needs {}.{} or newer",
                                   text::quoted(world.git->native()), version, oldest_git.first,
                                   oldest_git.second)};
  }
  return {.subject = name, .message = fmt::format("{}, version {}", world.git->native(), version)};
}

Finding examine_mise(reconcile::World& world, std::optional<std::chrono::milliseconds> deadline) {
  constexpr std::string_view name = "mise";
  if (!world.mise) {
    return {.verdict = Verdict::fail,
            .subject = name,
            .message = mise::describe_not_found(world.environment)};
  }
  const auto answer = ask_version(world, *world.mise, deadline);
  if (!answer) {
    return cannot_run(name, *world.mise, answer.error());
  }
  const std::string version = answer->substr(0, answer->find(' '));
  if (leading_numbers(version) < oldest_mise) {
    return {.verdict = Verdict::fail,
            .subject = name,
            .message = fmt::format("{} is version {}; fluke needs {}.{} or newer",
                                   text::quoted(world.mise->native()), version, oldest_mise.first,
                                   oldest_mise.second)};
  }
  return {.subject = name, .message = fmt::format("{}, version {}", world.mise->native(), version)};
}

/// What cron would find instead of what is found here; nothing if it is the same.
std::optional<Finding> difference(std::string_view name,
                                  const std::optional<std::filesystem::path>& here,
                                  const std::optional<std::filesystem::path>& there) {
  if (!here || here == there) {
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
                             cron_path, name, found, here->native(), remedy)};
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
                          std::optional<std::chrono::milliseconds> deadline) {
  return {examine_git(world, needs_git, deadline), examine_mise(world, deadline)};
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
    if (const auto hands = file::other_hands_on(*home)) {
      findings.push_back({.verdict = Verdict::fail,
                          .subject = "home",
                          .message = fmt::format("HOME: {}, and git and mise run what the settings "
                                                 "there say; set HOME to a directory of your own",
                                                 *hands)});
    }
  }
  return findings;
}

Findings examine_cron(const process::Environment& environment, const FoundByName& here) {
  process::Environment there = environment;
  there.set("PATH", cron_path);
  Findings findings;
  if (auto finding = difference("fluke", here.fluke, process::find_program("fluke", there))) {
    findings.push_back(*std::move(finding));
  }
  if (auto finding = difference("git", here.git, process::find_program("git", there))) {
    findings.push_back(*std::move(finding));
  }
  if (auto finding = difference("mise", here.mise, mise::find_mise(there))) {
    findings.push_back(*std::move(finding));
  }
  if (findings.empty()) {
    const std::vector<std::string> missing = missing_under_cron(environment);
    const std::string note =
        missing.empty() ? "" : fmt::format(", but its tasks lack {}", fmt::join(missing, ", "));
    findings.push_back({.subject = "cron",
                        .message = fmt::format("its PATH, {}, finds the same fluke, git and mise{}",
                                               cron_path, note)});
  }
  return findings;
}

}  // namespace doctor
