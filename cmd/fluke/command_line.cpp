#include "fluke/command_line.h"

#include <fmt/format.h>

#include <CLI/App.hpp>
// After App.hpp, which it needs.
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fluke/commands.h"
#include "process/environment.h"
#include "reconcile/task_variables.h"
#include "text/quote.h"

namespace fluke {
namespace {

using Arguments = std::span<const std::string_view>;

bool runs_on_github() {
  const char* variable = std::getenv("GITHUB_ACTIONS");
  return variable != nullptr && std::string_view(variable) == "true";
}

Format format_named(std::string_view name) {
  return name == "json" ? Format::json : name == "jsonl" ? Format::jsonl : Format::text;
}

/// The format that was asked for, as far as a command line that cannot be understood tells.
Format wanted_format(Arguments words) {
  constexpr std::string_view option = "--format=";
  const char* variable = std::getenv("FLUKE_FORMAT");
  Format format = format_named(variable != nullptr ? variable : "");
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].starts_with(option)) {
      format = format_named(words[i].substr(option.size()));
    } else if (i > 0 && words[i - 1] == "--format") {
      format = format_named(words[i]);
    }
  }
  return format;
}

/// CLI11, set up for the options of one command, or of fluke itself. It finds out which word
/// belongs to which option, and nothing else: an exception from it takes longer than a run of
/// nothing.
class Parser {
 public:
  Parser(std::vector<Option> options, Invocation& invocation);

  /// Gives each word to its option, in the environment too.
  [[nodiscard]] OrUsageError parse(Arguments words);

  /// Fails with the first word that no option has taken.
  [[nodiscard]] OrUsageError check_leftover() const;

  /// Reads what the options were given: first by their variables, then as it stands on the line.
  [[nodiscard]] OrUsageError read();

 private:
  [[nodiscard]] bool is_given(const std::string& name) const;
  [[nodiscard]] OrUsageError read(const CLI::Option& given, std::size_t index);

  std::vector<Option> options_;
  Invocation& invocation_;
  CLI::App app_;
  std::map<const CLI::Option*, const Option*> tables_;
};

Parser::Parser(std::vector<Option> options, Invocation& invocation)
    : options_(std::move(options)), invocation_(invocation) {
  app_.allow_extras();
  app_.set_help_flag();
  const process::Environment environment = process::Environment::from(environ);
  for (const Option& option : options_) {
    CLI::Option* added = nullptr;
    if (option.is_flag()) {
      added = app_.add_flag(option.names)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    } else {
      added = app_.add_option(option.names)->take_all();
    }
    if (option.is_positional() && option.is_repeatable) {
      added->expected(-1);
    }
    // What a fluke that runs this one says of itself is not meant for this one.
    if (!reconcile::is_set_by_outer_fluke(environment, option.variable)) {
      added->envname(option.variable);
    }
    tables_.emplace(added, &option);
  }
}

OrUsageError Parser::parse(Arguments words) {
  try {
    // CLI11 takes them from the back.
    app_.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string_view what = error.what();
    return usage_error(fmt::format("option {} needs a value", what.substr(0, what.find(':'))));
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  invocation_.help = invocation_.help || is_given("--help");
  invocation_.version = is_given("--version");
  return {};
}

bool Parser::is_given(const std::string& name) const {
  const CLI::Option* option = app_.get_option_no_throw(name);
  return option != nullptr && option->count() > 0;
}

OrUsageError Parser::check_leftover() const {
  for (const std::string& word : app_.remaining()) {
    if (word == "--") {
      continue;
    }
    if (!word.starts_with('-')) {
      return usage_error(invocation_.command.empty()
                             ? unknown_command(word)
                             : fmt::format("unexpected argument {}", text::quoted(word)));
    }
    std::vector<std::string> known;
    for (const Option& option : options_) {
      if (!option.is_positional()) {
        known.push_back("--" + option.long_name());
      }
    }
    return usage_error(unknown_option(invocation_.command, word, known));
  }
  return {};
}

OrUsageError Parser::read() {
  const std::vector<CLI::Option*>& order = app_.parse_order();
  for (const CLI::Option* given : app_.get_options()) {
    if (given->count() > 0 && std::ranges::find(order, given) == order.end()) {
      invocation_.from_environment.insert(tables_.at(given)->long_name());
      if (OrUsageError done = read(*given, 0); !done) {
        return done;
      }
    }
  }
  std::map<const CLI::Option*, std::size_t> counts;
  for (const CLI::Option* given : order) {
    if (OrUsageError done = read(*given, counts[given]++); !done) {
      return done;
    }
  }
  return {};
}

OrUsageError Parser::read(const CLI::Option& given, std::size_t index) {
  const Option& option = *tables_.at(&given);
  if (!option.is_repeatable && index + 1 < given.count()) {
    return {};
  }
  const std::string setter = invocation_.setter_of(option.long_name());
  const std::string& word = given.results()[index];
  if (const Reader* reader = std::get_if<Reader>(&option.target)) {
    return (*reader)(word, setter);
  }
  try {
    *std::get<bool*>(option.target) = given.as<bool>();
  } catch (const CLI::ConversionError&) {
    return usage_error(fmt::format("{} takes true or false, not {}", setter, text::quoted(word)));
  }
  return {};
}

tl::expected<CommandLine, UsageError> parse_command(const Command& command, Arguments words,
                                                    Invocation invocation) {
  invocation.command = command.name;
  CommandLine line{.invocation = std::move(invocation), .options = command.default_options()};
  Parser parser(options_of(line.options, line.invocation), line.invocation);
  OrUsageError done = parser.parse(words);
  if (done && line.invocation.help) {
    line.options = HelpOptions{.topic = std::string(command.name)};
    return line;
  }
  done = std::move(done)
             .and_then([&] { return parser.check_leftover(); })
             .and_then([&] { return parser.read(); })
             .and_then([&] { return finish_options(line.options, line.invocation); });
  return done.map([&] { return std::move(line); });
}

tl::expected<CommandLine, UsageError> parse(Arguments words) {
  Invocation invocation;
  invocation.github = invocation.on_github = runs_on_github();
  // Its words are a command line of their own.
  if (!words.empty() && words.front() == "complete") {
    return CommandLine{.invocation = std::move(invocation),
                       .options = CompleteOptions{{words.begin() + 1, words.end()}}};
  }
  const auto name =
      std::ranges::find_if(words, [](std::string_view word) { return !word.starts_with('-'); });
  const auto command = name == words.end() ? std::nullopt : find_command(*name);
  Parser parser(global_options(invocation), invocation);
  if (const OrUsageError done = parser.parse(command ? Arguments(words.begin(), name) : words);
      !done) {
    return tl::unexpected(done.error());
  }
  if (invocation.version) {
    return CommandLine{.invocation = std::move(invocation),
                       .options = VersionOptions{.format = wanted_format(words)}};
  }
  if (invocation.help && !command) {
    return CommandLine{.invocation = std::move(invocation), .options = HelpOptions()};
  }
  const OrUsageError leftover = invocation.help ? OrUsageError() : parser.check_leftover();
  if (!leftover) {
    return tl::unexpected(leftover.error());
  }
  return command ? parse_command(*command, Arguments(name + 1, words.end()), std::move(invocation))
                 : usage_error("no command was given; see fluke --help");
}

}  // namespace

tl::expected<CommandLine, UsageError> parse_command_line(int argc, const char* const* argv) {
  const std::vector<std::string_view> words(argv + std::min(argc, 1), argv + argc);
  return parse(words).map_error([&](UsageError error) {
    error.format = wanted_format(words);
    return error;
  });
}

}  // namespace fluke
