#include "fluke/help_formatter.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "fluke/console.h"
#include "text/wrap.h"

namespace fluke {
namespace {

constexpr std::size_t option_column = 28;
constexpr std::size_t example_column = 40;
/// With less room than this beside the first column, the second stands below it.
constexpr std::size_t least_beside = 30;
constexpr std::size_t indented_below = 6;
constexpr std::size_t narrowest = 30;

constexpr std::string_view environment_note =
    "Each long option can also be set in the environment: --lock-timeout as FLUKE_LOCK_TIMEOUT.";

/// "  NAME   description" in lines that fit; `column` is where descriptions begin.
std::string entry(std::string_view name, std::string_view description, std::size_t column,
                  std::size_t width) {
  std::string text = "  " + std::string(name);
  const bool beside = column + least_beside <= width;
  const std::size_t indent = beside ? column : indented_below;
  if (beside && text.size() + 2 <= column) {
    text.append(column - text.size(), ' ');
  } else {
    text += "\n" + std::string(indent, ' ');
  }
  bool is_first = true;
  for (const std::string& line : text::wrapped(description, std::max(width, narrowest) - indent)) {
    text += (std::exchange(is_first, false) ? "" : "\n" + std::string(indent, ' ')) + line;
  }
  return text + "\n";
}

std::string paragraph(std::string_view words, std::size_t width) {
  std::string text;
  for (const std::string& line : text::wrapped(words, std::max(width, narrowest))) {
    text += line + "\n";
  }
  return text;
}

std::size_t help_width() {
  if (const char* columns = std::getenv("COLUMNS")) {
    std::size_t width = 0;
    const char* end = columns + std::strlen(columns);
    if (const auto [rest, error] = std::from_chars(columns, end, width);
        error == std::errc() && rest == end && width > 0) {
      return width;
    }
  }
  return Output(1).columns();
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode mode) const {
  std::string help = Formatter::make_help(app, std::move(name), mode);
  // CLI11 puts two empty lines between groups.
  for (std::size_t at = 0; (at = help.find("\n\n\n", at)) != std::string::npos;) {
    help.erase(at, 1);
  }
  return help;
}

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return paragraph(app->get_description(), help_width());
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  const std::string type = option->get_type_name();
  const std::string value = type.empty() || is_positional ? "" : " " + type;
  return entry(make_option_name(option, is_positional) + value, make_option_desc(option),
               option_column, help_width());
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description(), option_column, help_width());
}

std::string footer_text(const CommandInfo& info) {
  const std::size_t width = help_width();
  std::string text = "Examples:\n";
  for (const Example& example : info.examples) {
    text += entry(example.line, example.explanation, example_column, width);
  }
  text += "\n" + paragraph(environment_note, width);
  // CLI11 ends the last line.
  text.pop_back();
  return text;
}

}  // namespace fluke
