#include "fluke/options.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Error.hpp>
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <map>
#include <memory>
#include <span>
#include <string_view>

#include "fluke/habits.h"
#include "fluke/help_formatter.h"
#include "fluke/name_list.h"
#include "fluke/report_options.h"
#include "fluke/version_text.h"
#include "text/distance.h"
#include "text/duration.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// What CLI11 fills in: options as they were written, not yet read.
struct Raw {
  Options options;
  std::string timeout;
  std::string lock_timeout;
  std::string splay;
  std::string format;
  std::string colour;
  std::string git;
  std::string mise;
  std::string shell;
  std::string completes;
  std::vector<std::string> only;
  std::vector<std::string> skip;
  std::vector<std::string> reports;
  std::vector<std::string> variables;
  std::vector<std::string> variable_files;
  std::string help_topic;
};

/// One for each command: CLI11 reads the environment for all of them, chosen or not.
using Raws = std::map<std::string, Raw, std::less<>>;

std::string environment_name(std::string_view long_option) {
  std::string name = "FLUKE_";
  for (const char c : long_option) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

/// Gives an option its FLUKE_… variable.
CLI::Option* with_environment(CLI::Option* option) {
  return option->envname(environment_name(option->get_lnames().front()));
}

/// What is added from now on stands under this heading in the help.
void begin_group(CLI::App& app, const std::string& heading) {
  app.option_defaults()->group(heading);
}

CLI::Option* add_flag(CLI::App& app, const std::string& names, bool& target,
                      const std::string& help) {
  return with_environment(app.add_flag(names, target, help));
}

/// Of two flags that exclude each other, the one on the command line wins over the other one's
/// variable: that is not read any more.
void silence_variable_of(CLI::Option* other, CLI::Option* flag) {
  flag->trigger_on_parse()->each([other](const std::string& value) {
    if (value == "true") {
      other->envname("");
    }
  });
}

void add_text(CLI::App& app, const std::string& name, std::string& target, const std::string& type,
              const std::string& help) {
  with_environment(app.add_option(name, target, help))
      ->type_name(type)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

CLI::Option* add_texts(CLI::App& app, const std::string& name, std::vector<std::string>& target,
                       const std::string& type, const std::string& help) {
  return with_environment(app.add_option(name, target, help))
      ->type_name(type)
      ->allow_extra_args(false);
}

void add_colour(CLI::App& app, Raw& raw) {
  add_text(app, "--color", raw.colour, "auto|always|never", "Colour the output");
}

void add_manifests(CLI::App& app, Raw& raw) {
  app.add_option("MANIFEST", raw.options.manifests,
                 "A file, - for standard input, or a directory: every *.fluke.hcl below it");
}

/// A variable of the environment for `--var` is FLUKE_VAR_NAME, which is read with the manifests.
void add_variables(CLI::App& app, Raw& raw) {
  begin_group(app, "Values of variables");
  add_texts(app, "--var", raw.variables, "NAME=VALUE", "Set a variable (repeatable)")->envname("");
  add_texts(app, "--var-file", raw.variable_files, "FILE",
            "Set variables from a file of attributes, or of JSON (repeatable)");
}

void add_fmt(CLI::App& app, Raw& raw) {
  app.add_option("FILE", raw.options.manifests,
                 "A file, a directory: every *.fluke.hcl below it (.), or - for standard input to "
                 "standard output");
  add_flag(app, "--check", raw.options.check,
           "List what would change, and exit 3 if anything would");
  add_flag(app, "--diff", raw.options.diff, "Show what would change as a unified diff");
  add_colour(app, raw);
}

void add_mise(CLI::App& app, Raw& raw) {
  begin_group(app, "Programs");
  add_text(app, "--mise", raw.mise, "PATH", "The mise to use");
}

void add_programs(CLI::App& app, Raw& raw) {
  add_mise(app, raw);
  add_text(app, "--git", raw.git, "PATH", "The git to use");
}

/// Deadline of each command; `note` says what else decides, and the default.
void add_timeout(CLI::App& app, Raw& raw, const std::string& note) {
  begin_group(app, "How it runs");
  add_text(app, "--timeout", raw.timeout, "DURATION", "Deadline of each command" + note);
}

void add_init(CLI::App& app, Raw& raw) {
  app.add_option("DIR", raw.options.manifests, "The directory (.)");
  add_flag(app, "--example", raw.options.example, "Make a toy to try instead (in fluke-example)");
  add_programs(app, raw);
}

void add_selection(CLI::App& app, Raw& raw) {
  begin_group(app, "Which resources");
  add_texts(app, "--only", raw.only, "NAME", "Take only what has this name (repeatable)");
  add_texts(app, "--skip", raw.skip, "NAME", "Leave out what has this name (repeatable)");
}

void add_report(CLI::App& app, Raw& raw) {
  add_texts(app, "--report", raw.reports, "KIND=FILE",
            "Also write a report (repeatable): json, jsonl, junit, prometheus or html; or github, "
            "which takes no file");
}

CLI::Option* add_output(CLI::App& app, Raw& raw, const std::string& formats) {
  begin_group(app, "Output");
  add_text(app, "--format", raw.format, formats, "What standard output carries");
  add_colour(app, raw);
  return add_flag(app, "-q,--quiet", raw.options.quiet,
                  "Print nothing unless something changed or failed");
}

void add_reconcile(CLI::App& app, Raw& raw) {
  add_manifests(app, raw);
  add_variables(app, raw);
  add_selection(app, raw);
  add_timeout(app, raw, ", unless the resource sets one (30m; 0s is none)");
  add_text(app, "--lock-timeout", raw.lock_timeout, "DURATION",
           "How long to wait for a directory that another fluke holds (0s)");
  add_text(app, "--splay", raw.splay, "DURATION",
           "Wait first, at most so long: each host for as long as its name says (0s)");
  add_flag(app, "--fail-fast", raw.options.fail_fast, "Stop after the first failure");
  if (app.get_name() == "run") {
    add_flag(app, "--detailed-exitcode", raw.options.detailed_exitcode,
             "Exit 2 when something was applied");
  }
  CLI::Option* quiet = add_output(app, raw, "text|json|jsonl");
  add_report(app, raw);
  CLI::Option* verbose =
      add_flag(app, "-v,--verbose", raw.options.verbose, "Show what every phase does and prints");
  silence_variable_of(verbose, quiet);
  silence_variable_of(quiet, verbose);
  add_programs(app, raw);
}

void add_doctor(CLI::App& app, Raw& raw) {
  add_manifests(app, raw);
  add_variables(app, raw);
  add_selection(app, raw);
  add_timeout(app, raw, " (15s; 0s is none)");
  add_output(app, raw, "text|json");
  add_programs(app, raw);
}

void describe_command(CLI::App& command, Raw& raw) {
  const std::string& name = command.get_name();
  if (name == "run" || name == "check") {
    add_reconcile(command, raw);
  } else if (name == "validate") {
    add_manifests(command, raw);
    add_variables(command, raw);
    add_output(command, raw, "text|json|jsonl");
    add_report(command, raw);
    add_mise(command, raw);
    add_flag(command, "--tasks", raw.options.tasks, "Also ask mise whether the tasks exist");
  } else if (name == "list") {
    add_manifests(command, raw);
    add_variables(command, raw);
    add_selection(command, raw);
    add_output(command, raw, "text|json");
  } else if (name == "fmt") {
    add_fmt(command, raw);
  } else if (name == "doctor") {
    add_doctor(command, raw);
  } else if (name == "init") {
    add_init(command, raw);
  } else if (name == "completion") {
    command.add_option("SHELL", raw.shell, "bash, zsh or fish");
  } else {
    command.add_option("COMMAND", raw.help_topic, "The command to explain");
  }
}

/// For the completion scripts, and hidden from people.
void add_complete(CLI::App& app, Raw& raw) {
  CLI::App* command = app.add_subcommand("complete", "Tell what a manifest offers to type");
  command->group("")->allow_extras();
  command->add_option("WHAT", raw.completes, "resources or variables");
  add_manifests(*command, raw);
  add_variables(*command, raw);
}

std::unique_ptr<CLI::App> make_app(Raws& raws) {
  auto app = std::make_unique<CLI::App>(
      "Brings a host to its desired state: git holds it, mise tasks check and apply it.", "fluke");
  const std::size_t width = help_width();
  app->formatter(std::make_shared<HelpFormatter>(width));
  app->set_help_flag("-h,--help", "Show this help");
  app->set_version_flag("--version", "", "Show the version, and the commit that was built");
  app->allow_extras();
  // A manifest may have the name of a command.
  app->require_subcommand(0, 1);
  for (const CommandInfo& info : command_infos) {
    CLI::App* command = app->add_subcommand(std::string(info.name), std::string(info.summary));
    command->allow_extras();
    command->footer(footer_text(info, width));
    describe_command(*command, raws[command->get_name()]);
  }
  add_complete(*app, raws["complete"]);
  app->footer("See fluke(1) and fluke-manifest(5), or: fluke help COMMAND");
  return app;
}

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& known) {
  const auto nearest = text::nearest(wanted, std::span(known));
  return nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "";
}

std::string unknown_command(const CLI::App& app, std::string_view wanted) {
  if (const auto answer = answer_to_habit(wanted)) {
    return fmt::format("unknown command {}; {}", text::quoted(wanted), *answer);
  }
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    if (!command->get_group().empty()) {
      names.push_back(command->get_name());
    }
  }
  const std::string suggestion = did_you_mean(wanted, names);
  return fmt::format("unknown command {}{}", text::quoted(wanted),
                     suggestion.empty() ? "; see fluke --help" : suggestion);
}

std::string unknown_option(const CLI::App& command, std::string_view wanted) {
  const std::string_view bare = wanted.substr(0, wanted.find('='));
  const std::string where = command.get_name() == "fluke" ? "fluke" : "fluke " + command.get_name();
  const std::string problem = fmt::format("unknown option {} for {}", text::quoted(bare), where);
  // fmt has --check and --diff of its own.
  if (const auto answer = answer_to_habit(bare); answer && command.get_name() != "fmt") {
    return fmt::format("{}; {}", problem, *answer);
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  const std::string suggestion = did_you_mean(bare, names);
  return problem + (suggestion.empty() ? fmt::format("; see {} --help", where) : suggestion);
}

/// The first argument that nothing took, as a message; empty if all were taken.
std::string leftover(const CLI::App& app, const CLI::App* command) {
  for (const CLI::App* part : {&app, command}) {
    if (part == nullptr) {
      continue;
    }
    for (const std::string& argument : part->remaining(false)) {
      if (argument == "--") {
        continue;
      }
      if (argument.starts_with("-")) {
        return unknown_option(*part, argument);
      }
      return part == &app ? unknown_command(app, argument)
                          : fmt::format("unexpected argument {}", text::quoted(argument));
    }
  }
  return "";
}

/// CLI11's wording, in ours.
std::string describe(const CLI::ParseError& error) {
  std::string what = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return fmt::format("option {} needs a value", what.substr(0, what.find(':')));
  }
  constexpr std::string_view conversion = "Could not convert: ";
  if (what.starts_with(conversion)) {
    const std::size_t equals = what.find(" = ");
    const std::string name = what.substr(conversion.size(), equals - conversion.size());
    return fmt::format(
        "{} takes true or false, not {}", name,
        equals == std::string::npos ? "that" : text::quoted(what.substr(equals + 3)));
  }
  return what;
}

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
  return fmt::format("{} is {}, but has to be one of: {}", option, text::quoted(word), names);
}

std::string read_duration(std::string_view option, const std::string& word,
                          std::optional<std::chrono::milliseconds>& target) {
  if (word.empty()) {
    return "";
  }
  target = text::parse_duration(word);
  return target ? ""
                : fmt::format("{} is {}, which is no duration; write one like 90s, 5m or 1h30m",
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

/// Reads what was written into `raw.options`; the message of the first thing that is wrong.
std::string resolve(const CLI::App& command, Raw& raw) {
  Options& options = raw.options;
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
           read_choice("--format", raw.format, formats, options.format),
           read_choice("--color", raw.colour, colours, options.colour),
           read_duration("--timeout", raw.timeout, options.timeout),
           read_duration("--lock-timeout", raw.lock_timeout, lock_timeout),
           read_duration("--splay", raw.splay, splay),
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
  if ((options.subcommand == Subcommand::list || options.subcommand == Subcommand::doctor) &&
      options.format == Format::jsonl) {
    return fmt::format(
        "--format jsonl tells what happens, and nothing happens in fluke {}; write --format json",
        command.get_name());
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
  return options.manifests.empty() && options.subcommand != Subcommand::doctor
             ? "no manifest was named; give a file, a directory, or - for standard input"
             : "";
}

Subcommand subcommand_named(std::string_view name) {
  if (name == "run") {
    return Subcommand::run;
  }
  if (name == "check") {
    return Subcommand::check;
  }
  if (name == "validate") {
    return Subcommand::validate;
  }
  if (name == "fmt") {
    return Subcommand::fmt;
  }
  if (name == "doctor") {
    return Subcommand::doctor;
  }
  if (name == "init") {
    return Subcommand::init;
  }
  if (name == "complete") {
    return Subcommand::complete;
  }
  return name == "list" ? Subcommand::list : Subcommand::completion;
}

/// CLI11 answers for the command that was parsed, so this asks an app that has parsed nothing.
std::variant<Options, Text, UsageError> help(const std::string& topic) {
  Raws raws;
  const std::unique_ptr<CLI::App> app = make_app(raws);
  if (topic.empty()) {
    return Text{app->help()};
  }
  for (const CLI::App* command : app->get_subcommands({})) {
    if (command->get_name() == topic) {
      return Text{command->help(app->get_name())};
    }
  }
  return UsageError{.message = unknown_command(*app, topic)};
}

Format format_named(std::string_view name) {
  return name == "json" ? Format::json : name == "jsonl" ? Format::jsonl : Format::text;
}

/// The format that was asked for, as far as a command line that cannot be understood tells.
Format wanted_format(std::span<const char* const> arguments) {
  constexpr std::string_view option = "--format=";
  const char* variable = std::getenv("FLUKE_FORMAT");
  Format format = format_named(variable != nullptr ? variable : "");
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument.starts_with(option)) {
      format = format_named(argument.substr(option.size()));
    } else if (std::string_view(arguments[i - 1]) == "--format") {
      format = format_named(argument);
    }
  }
  return format;
}

}  // namespace

std::variant<Options, Text, UsageError> parse_options(int argc, const char* const* argv) {
  const Format format = wanted_format({argv, static_cast<std::size_t>(argc)});
  Raws raws;
  const std::unique_ptr<CLI::App> app = make_app(raws);
  try {
    app->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Text{app->help()};
  } catch (const CLI::CallForVersion&) {
    return Text{format == Format::json ? version_document() : version_text()};
  } catch (const CLI::ParseError& error) {
    return UsageError{.message = describe(error), .format = format};
  }
  const auto chosen = app->get_subcommands();
  const CLI::App* command = chosen.empty() ? nullptr : chosen.front();
  if (std::string problem = leftover(*app, command); !problem.empty()) {
    return UsageError{.message = std::move(problem), .format = format};
  }
  if (command == nullptr) {
    return UsageError{.message = "no command was given; see fluke --help", .format = format};
  }
  Raw& raw = raws[command->get_name()];
  if (command->get_name() == "help") {
    return help(raw.help_topic);
  }
  raw.options.subcommand = subcommand_named(command->get_name());
  if (std::string problem = resolve(*command, raw); !problem.empty()) {
    return UsageError{.message = std::move(problem), .format = format};
  }
  return std::move(raw.options);
}

}  // namespace fluke
