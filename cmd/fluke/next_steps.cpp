#include "fluke/next_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "text/quote.h"

namespace fluke {
namespace {

using reconcile::Cause;
using reconcile::Outcome;
using reconcile::ResourceOutcome;
using reconcile::RunOutcome;

/// More names than these make a line that nobody wants to read.
constexpr std::size_t most_names = 3;

bool failed_for(const ResourceOutcome& resource, Cause cause) {
  return resource.outcome == Outcome::failed && resource.cause == cause;
}

bool any_failed_for(const RunOutcome& outcome, Cause cause) {
  return std::ranges::any_of(outcome.all(),
                             [&](const ResourceOutcome* one) { return failed_for(*one, cause); });
}

/// " --option word" for each of them.
std::string repeated(std::string_view option, const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += fmt::format(" {} {}", option, text::shell_word(word));
  }
  return text;
}

std::string repeated(const Selection& selection) {
  return repeated("--only", selection.only) + repeated("--skip", selection.skip);
}

/// The failures by name, as far as they are few; otherwise as they were selected.
std::string failures(const Selection& selection, const RunOutcome& outcome) {
  std::vector<std::string> names;
  for (const ResourceOutcome& resource : outcome.resources) {
    if (failed_for(resource, Cause::failed)) {
      names.push_back(resource.name);
    }
  }
  return names.size() <= most_names ? repeated("--only", names) : repeated(selection);
}

/// `api-key="${api_key:?set it to the secret value}"`, for the variable `api-key`.
std::string asked_of_shell(const std::string& name) {
  std::string variable = name;
  std::ranges::replace(variable, '-', '_');
  return fmt::format("{}=\"${{{}:?set it to the secret value}}\"", name, variable);
}

/// What says the same about manifests, variables and programs as `options` does.
std::string surroundings(const CheckOptions& options, const manifest::Manifest& manifest) {
  std::string text;
  for (const manifest::GivenArgument& given : options.inputs.given) {
    const std::string name = given.text.substr(0, given.text.find('='));
    if (given.is_file) {
      text += " --var-file " + text::shell_word(given.text);
    } else if (manifest.sensitive_variables.contains(name)) {
      text += " --var " + asked_of_shell(name);
    } else {
      text += " --var " + text::shell_word(given.text);
    }
  }
  for (const std::string& label : options.inputs.labels) {
    text += " --label " + text::shell_word(label);
  }
  if (options.programs.mise) {
    text += " --mise " + text::shell_word(*options.programs.mise);
  }
  if (options.programs.git) {
    text += " --git " + text::shell_word(*options.programs.git);
  }
  for (const std::string& path : options.inputs.manifests) {
    text += " " + text::shell_word(path);
  }
  return text;
}

}  // namespace

std::string next_steps(std::string_view command, const CheckOptions& options,
                       const manifest::Manifest& manifest, const RunOutcome& outcome) {
  const std::string same = repeated(options.selection);
  const std::string rest = surroundings(options, manifest);
  std::string steps;
  const auto add = [&](std::string_view what, std::string_view which, std::string_view purpose) {
    steps += fmt::format("  fluke {}{}{}  # {}\n", what, which, rest, purpose);
  };
  if (outcome.interrupted_by) {
    add(command, same, "does the rest");
  }
  if (any_failed_for(outcome, Cause::failed)) {
    add(fmt::format("{} -v", command), failures(options.selection, outcome),
        "tries again what failed, and shows all that it prints");
  }
  if (any_failed_for(outcome, Cause::misconfigured) ||
      any_failed_for(outcome, Cause::program_missing)) {
    add("doctor", same, "shows what this host lacks");
  }
  if (any_failed_for(outcome, Cause::locked)) {
    add(fmt::format("{} --lock-timeout 10m", command), same, "waits for the other fluke");
  }
  if (outcome.count(Outcome::drifted) > 0) {
    // A run leaves drift alone where the policy of a task says so.
    add(command == "run" ? "run --remediate" : "run", same, "applies what has drifted");
  }
  return steps.empty() ? "" : "next:\n" + steps;
}

}  // namespace fluke
