// `fluke help`, and what `--help` and `--version` print.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "fluke/build_info.h"
#include "fluke/commands.h"
#include "fluke/option_table.h"
#include "text/wrap.h"

namespace fluke {
namespace {

constexpr std::size_t option_column = 28;
constexpr std::size_t example_column = 40;
/// With less room than this beside the first column, the second stands below it.
constexpr std::size_t least_beside = 30;
constexpr std::size_t indented_below = 6;
constexpr std::size_t narrowest = 30;

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

/// The text of one help, as it grows.
class Help {
 public:
  [[nodiscard]] std::string take() { return std::move(text_); }

  void line(std::string_view line) { text_ += fmt::format("{}\n", line); }

  void paragraph(std::string_view words) {
    for (const std::string& wrapped : text::wrapped(words, std::max(width_, narrowest))) {
      line(wrapped);
    }
  }

  /// "  NAME   description" in lines that fit; `column` is where descriptions begin.
  void entry(std::string_view name, std::string_view description, std::size_t column) {
    const std::string first = fmt::format("  {}", name);
    const bool has_room = column + least_beside <= width_;
    const std::size_t indent = has_room ? column : indented_below;
    std::string begin = fmt::format("{:{}}", first, indent);
    if (!has_room || first.size() + 2 > column) {
      line(first);
      begin.assign(indent, ' ');
    }
    for (const std::string& part :
         text::wrapped(description, std::max(width_, narrowest) - indent)) {
      line(begin + part);
      begin.assign(indent, ' ');
    }
  }

  void heading(std::string_view heading) { line(fmt::format("\n{}:", heading)); }

 private:
  std::size_t width_ = help_width();
  std::string text_;
};

/// Each under its heading; arguments come first.
void add_options(Help& help, std::vector<Option> options) {
  std::stable_partition(options.begin(), options.end(),
                        [](const Option& option) { return option.is_positional(); });
  std::string_view heading;
  for (const Option& option : options) {
    if (option.heading != std::exchange(heading, option.heading)) {
      help.heading(heading);
    }
    const bool has_type = !option.is_positional() && !option.type.empty();
    help.entry(has_type ? fmt::format("{} {}", option.names, option.type) : option.names,
               option.help, option_column);
  }
}

/// What fluke is, and its commands.
std::string overview() {
  Help help;
  help.paragraph(
      "Brings a host to its desired state: git holds it, mise tasks check and apply it.");
  help.line("Usage: fluke [OPTIONS] [SUBCOMMAND]");
  Invocation invocation;
  add_options(help, global_options(invocation));
  help.heading("Subcommands");
  for (const Command& command : commands) {
    help.entry(command.name, command.summary, option_column);
  }
  help.line("\nSee fluke(1) and fluke-manifest(5), or: fluke help COMMAND");
  return help.take();
}

/// A command's options in two columns, "-q,--quiet" and what it does, in a narrow terminal one
/// below the other; and examples.
std::string help_of(const Command& command) {
  Invocation invocation;
  Options defaults = command.default_options();
  std::vector<Option> options = options_of(defaults, invocation);
  Help help;
  help.paragraph(command.summary);
  std::string usage = fmt::format("Usage: fluke {} [OPTIONS]", command.name);
  for (const Option& option : options) {
    if (option.is_positional()) {
      usage += fmt::format(" [{}{}]", option.names, option.is_repeatable ? "..." : "");
    }
  }
  help.line(usage);
  add_options(help, std::move(options));
  help.heading("Examples");
  for (const Example& example : command.examples) {
    help.entry(example.line, example.explanation, example_column);
  }
  help.line("");
  help.paragraph(
      "Each long option can also be set in the environment: --lock-timeout as "
      "FLUKE_LOCK_TIMEOUT.");
  return help.take();
}

/// "4f2a91c0b77e" or "4f2a91c0b77e-dirty": enough to find the commit by.
std::string shortened(std::string_view commit) {
  constexpr std::size_t full = 40;
  constexpr std::size_t digits = 12;
  return commit.size() < full
             ? std::string(commit)
             : std::string(commit.substr(0, digits)) + std::string(commit.substr(full));
}

}  // namespace

std::string help_text(std::string_view topic) {
  const auto command = find_command(topic);
  return command ? help_of(*command) : overview();
}

std::string version_text(Format format) {
  const report::BuildInfo info = build_info();
  return format == Format::json ? report::to_json(info)
                                : fmt::format("fluke {} ({}, {})\n", info.version,
                                              shortened(info.commit), info.build_type);
}

ExitRequest execute(const HelpOptions& options, const Invocation& /*invocation*/,
                    Console& console) {
  console.out.write(help_text(options.topic.value_or("")));
  return {};
}

ExitRequest execute(const VersionOptions& options, const Invocation& /*invocation*/,
                    Console& console) {
  console.out.write(version_text(options.format));
  return {};
}

}  // namespace fluke
