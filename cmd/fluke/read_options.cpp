#include "fluke/read_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "fluke/name_list.h"
#include "fluke/report_options.h"
#include "text/duration.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// Reads one of a few words; an empty `word` leaves `target` as it is.
template <typename T>
std::string read_choice(std::string_view option, const std::string& word,
                        const std::map<std::string, T>& choices, T& target) {
  if (word.empty()) {
    return "";
  }
  if (const auto found = choices.find(word); found != choices.end()) {
    target = found->second;
    return "";
  }
  std::string names;
  for (const auto& [name, value] : choices) {
    names += (names.empty() ? "" : ", ") + name;
  }
  return fmt::format("{} is {}, but must be one of: {}", option, text::quoted(word), names);
}

std::string read_duration(std::string_view option, const std::string& word,
                          std::optional<std::chrono::milliseconds>& target) {
  if (word.empty()) {
    return "";
  }
  target = text::parse_duration(word);
  return target ? ""
                : fmt::format("{} is {}, which is not a duration; write it as 90s, 5m or 1h30m",
                              option, text::quoted(word));
}

/// Puts what gives values to variables into the order of the command line. A file that the
/// environment names comes first.
std::string read_given(const CLI::App& command, const Raw& raw,
                       std::vector<manifest::GivenArgument>& target) {
  auto variable = raw.variables.begin();
  auto file = raw.variable_files.begin();
  for (const CLI::Option* option : command.parse_order()) {
    if (option->check_lname("var")) {
      target.push_back({.is_file = false, .text = *variable++});
    } else if (option->check_lname("var-file")) {
      target.push_back({.is_file = true, .text = *file++});
    }
  }
  for (; file != raw.variable_files.end(); ++file) {
    target.insert(target.begin(), {.is_file = true, .text = *file});
  }
  const bool are_assignments = std::ranges::all_of(raw.variables, [](const std::string& text) {
    const std::size_t equals = text.find('=');
    return equals != std::string::npos && equals > 0;
  });
  // What was written instead is not shown: it may be a secret.
  return are_assignments ? "" : "--var needs a name and a value; write --var NAME=VALUE";
}

/// Several names can stand in one argument, and so in one variable of the environment.
std::vector<std::string> read_names(const std::vector<std::string>& lists) {
  std::vector<std::string> names;
  for (const std::string& list : lists) {
    std::ranges::move(split_names(list), std::back_inserter(names));
  }
  return names;
}

/// The files of `fmt`: without any, those below the current directory.
std::string resolve_files(std::vector<std::string>& files) {
  if (files.empty()) {
    files.emplace_back(".");
  }
  return files.size() > 1 && std::ranges::find(files, "-") != files.end()
             ? "\"-\" stands alone: it formats standard input to standard output"
             : "";
}

/// The long options of `command` that a variable set. What the command line sets is in its parse
/// order.
std::set<std::string, std::less<>> set_by_variables(const CLI::App& command) {
  std::set<std::string, std::less<>> names;
  const std::vector<CLI::Option*>& parsed = command.parse_order();
  for (const CLI::Option* option : command.get_options()) {
    if (!option->empty() && !option->get_envname().empty() &&
        std::ranges::find(parsed, option) == parsed.end()) {
      names.insert(option->get_lnames().front());
    }
  }
  return names;
}

/// Without any, those that the environment names, or else those below the current directory;
/// whoever types does not wait until all of that has been searched.
void resolve_manifests(Options& options) {
  if (!options.manifests.empty()) {
    return;
  }
  const char* variable = std::getenv("FLUKE_MANIFEST");
  if (variable != nullptr && *variable != '\0') {
    options.manifests.emplace_back(variable);
    options.from_environment.insert("manifest");
  } else if (options.subcommand != Subcommand::doctor &&
             options.subcommand != Subcommand::complete) {
    options.manifests.emplace_back(".");
    options.assumes_manifest = true;
  }
}

/// What goes together, and what each command needs; the message of the first thing that is wrong.
std::string check_options(const CLI::App& command, Raw& raw) {
  Options& options = raw.options;
  if ((options.subcommand == Subcommand::list || options.subcommand == Subcommand::doctor) &&
      options.format == Format::jsonl) {
    return fmt::format(
        "{} is \"jsonl\", but fluke {} has no events to print; it takes text or json",
        setter_of("format", options), command.get_name());
  }
  if (options.quiet && options.verbose) {
    // Whoever asks for more adds it to settings that somebody else has made.
    options.quiet = !options.from_environment.contains("quiet");
  }
  if (options.quiet && options.verbose) {
    return "--quiet and --verbose exclude each other";
  }
  if (options.subcommand == Subcommand::completion) {
    return raw.shell.empty() ? "fluke completion needs a shell: bash, zsh or fish" : "";
  }
  if (options.subcommand == Subcommand::fmt) {
    return resolve_files(options.manifests);
  }
  if (options.subcommand == Subcommand::init) {
    return options.manifests.size() > 1 ? "fluke init takes one directory" : "";
  }
  resolve_manifests(options);
  return "";
}

}  // namespace

std::string read_options(const CLI::App& command, Raw& raw) {
  Options& options = raw.options;
  options.from_environment = set_by_variables(command);
  const auto setter = [&](std::string_view option) { return setter_of(option, options); };
  std::optional<std::chrono::milliseconds> lock_timeout;
  std::optional<std::chrono::milliseconds> splay;
  const std::map<std::string, Shell> shells = {
      {"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}};
  const std::map<std::string, Completes> completes = {{"resources", Completes::resources},
                                                      {"variables", Completes::variables}};
  const std::map<std::string, Format> formats = {
      {"text", Format::text}, {"json", Format::json}, {"jsonl", Format::jsonl}};
  const std::map<std::string, ColourMode> colours = {{"auto", ColourMode::automatic},
                                                     {"always", ColourMode::always},
                                                     {"never", ColourMode::never}};
  for (const std::string& problem : {
           read_choice(setter("format"), raw.format, formats, options.format),
           read_choice(setter("color"), raw.colour, colours, options.colour),
           read_duration(setter("timeout"), raw.timeout, options.timeout),
           read_duration(setter("lock-timeout"), raw.lock_timeout, lock_timeout),
           read_duration(setter("splay"), raw.splay, splay),
           read_reports(raw.reports, options),
           read_given(command, raw, options.given),
           read_choice("the shell", raw.shell, shells, options.shell),
           read_choice("what to complete", raw.completes, completes, options.completes),
       }) {
    if (!problem.empty()) {
      return problem;
    }
  }
  options.only = read_names(raw.only);
  options.skip = read_names(raw.skip);
  options.lock_timeout = lock_timeout.value_or(options.lock_timeout);
  options.splay = splay.value_or(options.splay);
  if (!raw.git.empty()) {
    options.git = raw.git;
  }
  if (!raw.mise.empty()) {
    options.mise = raw.mise;
  }
  return check_options(command, raw);
}

}  // namespace fluke
