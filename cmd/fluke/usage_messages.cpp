#include "fluke/usage_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "fluke/habits.h"
#include "fluke/options.h"
#include "text/distance.h"
#include "text/quote.h"

namespace fluke {
namespace {

std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& known) {
  const auto nearest = text::nearest(wanted, std::span(known));
  return nearest ? fmt::format("; did you mean \"{}\"?", *nearest) : "";
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

}  // namespace

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

std::string describe(const CLI::ParseError& error, std::span<const std::string_view> words) {
  std::string what = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return fmt::format("option {} needs a value", what.substr(0, what.find(':')));
  }
  constexpr std::string_view conversion = "Could not convert: ";
  if (what.starts_with(conversion)) {
    const std::size_t equals = what.find(" = ");
    std::string name = what.substr(conversion.size(), equals - conversion.size());
    if (std::ranges::none_of(words,
                             [&](std::string_view word) { return word.starts_with(name + "="); })) {
      name = variable_of(name.substr(name.find_first_not_of('-')));
    }
    return fmt::format(
        "{} takes true or false, not {}", name,
        equals == std::string::npos ? "that" : text::quoted(what.substr(equals + 3)));
  }
  return what;
}

}  // namespace fluke
