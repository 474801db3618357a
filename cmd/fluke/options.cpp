#include "fluke/options.h"

#include <CLI/App.hpp>
#include <CLI/Error.hpp>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "fluke/command_line.h"
#include "fluke/raw_options.h"
#include "fluke/read_options.h"
#include "fluke/usage_messages.h"
#include "fluke/version_text.h"

namespace fluke {
namespace {

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
  const std::string_view words[] = {topic};
  const std::unique_ptr<CLI::App> app = make_app(raws, words);
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
Format wanted_format(std::span<const std::string_view> arguments) {
  constexpr std::string_view option = "--format=";
  const char* variable = std::getenv("FLUKE_FORMAT");
  Format format = format_named(variable != nullptr ? variable : "");
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument.starts_with(option)) {
      format = format_named(argument.substr(option.size()));
    } else if (arguments[i - 1] == "--format") {
      format = format_named(argument);
    }
  }
  return format;
}

}  // namespace

std::string variable_of(std::string_view long_option) {
  std::string name = "FLUKE_";
  for (const char c : long_option) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string setter_of(std::string_view long_option, const Options& options) {
  return options.from_environment.contains(long_option) ? variable_of(long_option)
                                                        : "--" + std::string(long_option);
}

std::variant<Options, Text, UsageError> parse_options(int argc, const char* const* argv) {
  const std::vector<std::string_view> words(argv, argv + argc);
  const Format format = wanted_format(words);
  Raws raws;
  const std::unique_ptr<CLI::App> app = make_app(raws, words);
  try {
    app->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return Text{app->help()};
  } catch (const CLI::ParseError& error) {
    return UsageError{.message = describe(error, words), .format = format};
  }
  if (raws["fluke"].version) {
    return Text{format == Format::json ? version_document() : version_text()};
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
  if (std::string problem = read_options(*command, raw); !problem.empty()) {
    return UsageError{.message = std::move(problem), .format = format};
  }
  return std::move(raw.options);
}

}  // namespace fluke
