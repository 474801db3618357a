// `fluke completion` prints the completion scripts, and `fluke complete`, which these call while
// somebody types, what may stand at the end of a command line. Its first line is what that is
// ("words", "files" or "directories"), a tab, and how much of the last word stays as it is; each
// word that is offered follows on a line, with a tab before what there is to say about it. It never
// complains and never waits: a broken manifest offers what can be made of it.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>

#include "fluke/commands.h"
#include "fluke/completion_scripts.h"
#include "fluke/load.h"
#include "fluke/option_table.h"
#include "manifest/declared.h"
#include "manifest/resource_name.h"
#include "reconcile/executor.h"
#include "text/fields.h"
#include "text/quote.h"

namespace fluke {
namespace {

using Words = std::span<const std::string>;

std::string line(std::string_view word, std::string_view description = {}) {
  std::string shown = text::neutralised(description);
  std::ranges::replace(shown, '\t', ' ');
  return fmt::format("{}\t{}\n", word, shown);
}

std::string command_lines() {
  std::string lines;
  for (const Command& command : commands) {
    lines += line(command.name, command.summary);
  }
  return lines;
}

std::string option_lines(std::span<const Option> options) {
  std::string lines;
  for (const Option& option : options) {
    std::string_view names = option.is_positional() ? std::string_view() : option.names;
    while (!names.empty()) {
      lines += line(text::take(names, ','), option.help);
    }
  }
  return lines;
}

bool is_regular(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

std::string resource_lines(const Inputs& inputs, const Invocation& invocation) {
  std::string lines;
  std::string_view last_task;
  std::string_view last_block;
  const Loaded loaded = load(inputs, invocation);
  for (const manifest::Resource& resource : loaded.manifest.resources) {
    if (resource.name.empty()) {
      continue;
    }
    const std::string_view block = manifest::block_of(resource.name);
    if (const std::string_view task = manifest::task_of(block); task != last_task) {
      lines += task.empty() ? "" : line(task, resource.task->description);
      last_task = task;
    }
    if (block != resource.name && block != last_block) {
      lines += line(block, "all of its instances");
    }
    last_block = block;
    lines += line(resource.name, resource.working_dir.native());
  }
  return lines;
}

std::string variable_lines(const Inputs& inputs, const Invocation& invocation) {
  std::string lines;
  Loaded loaded = read(inputs, invocation);
  add_includes(loaded);
  for (const manifest::DeclaredVariable& variable : manifest::declared_variables(loaded.sources)) {
    lines += line(variable.name + "=", variable.description);
  }
  return lines;
}

/// A command line up to the cursor, understood as far as that goes.
class Line {
 public:
  Line(const Command& command, Words words, reconcile::ResourceTypes types);
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  /// What may stand in place of `current`, the word that the cursor is in.
  [[nodiscard]] std::string offer(std::string_view current) const;

 private:
  [[nodiscard]] const Option* find(std::string_view name) const;
  [[nodiscard]] const Option* positional() const;
  void read(const Option& option, std::string_view word);
  [[nodiscard]] Inputs inputs() const;
  [[nodiscard]] std::string offer_value(const Option& option, std::string_view current,
                                        std::string kept) const;

  Invocation invocation_;
  Options options_;
  std::vector<Option> table_;
  /// The option whose value comes next, if one does.
  const Option* awaiting_ = nullptr;
};

Line::Line(const Command& command, Words words, reconcile::ResourceTypes types)
    : invocation_{.types = types},
      options_(command.default_options()),
      table_(options_of(options_, invocation_)) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    const Option* option = word.starts_with('-') ? find(word.substr(0, equals)) : positional();
    if (awaiting_ != nullptr) {
      read(*std::exchange(awaiting_, nullptr), word);
    } else if (option == nullptr || option->is_flag()) {
      continue;
    } else if (option->is_positional()) {
      read(*option, word);
    } else if (equals == std::string::npos) {
      awaiting_ = option;
    } else {
      read(*option, word.substr(equals + 1));
    }
  }
}

const Option* Line::find(std::string_view name) const {
  const auto found = std::ranges::find_if(table_, [&](const Option& option) {
    return !option.is_positional() && "--" + option.long_name() == name;
  });
  return found == table_.end() ? nullptr : &*found;
}

const Option* Line::positional() const {
  const auto found = std::ranges::find_if(table_, &Option::is_positional);
  return found == table_.end() ? nullptr : &*found;
}

/// The shell has not replaced "~/" yet. What is wrong is for the command to say.
void Line::read(const Option& option, std::string_view word) {
  const char* home = std::getenv("HOME");
  const bool is_in_home = word.starts_with("~/") && home != nullptr;
  static_cast<void>(std::get<Reader>(option.target)(
      is_in_home ? std::string(home) + std::string(word.substr(1)) : std::string(word), ""));
}

/// Without standard input and pipes, which would have to be waited for.
Inputs Line::inputs() const {
  Inputs inputs = std::visit(
      [](const auto& options) {
        if constexpr (requires { options.inputs; }) {
          return options.inputs;
        } else {
          return Inputs();
        }
      },
      options_);
  std::erase_if(inputs.manifests, [](const std::string& path) {
    std::error_code error;
    return !is_regular(path) && !std::filesystem::is_directory(path, error);
  });
  std::erase_if(inputs.given, [](const manifest::GivenArgument& given) {
    return given.is_file && !is_regular(given.text);
  });
  return inputs;
}

std::string Line::offer(std::string_view current) const {
  if (awaiting_ != nullptr) {
    return offer_value(*awaiting_, current, "");
  }
  const std::size_t equals = current.find('=');
  if (current.starts_with('-') && equals == std::string_view::npos) {
    return "words\t\n" + option_lines(table_);
  }
  const Option* option = current.starts_with('-') ? find(current.substr(0, equals)) : positional();
  if (option == nullptr || option->is_flag()) {
    return "words\t\n";
  }
  return option->is_positional() ? offer_value(*option, current, "")
                                 : offer_value(*option, current.substr(equals + 1),
                                               std::string(current.substr(0, equals + 1)));
}

/// `kept` stands before `current` and stays.
std::string Line::offer_value(const Option& option, std::string_view current,
                              std::string kept) const {
  std::string lines;
  std::string_view choices = option.type;
  if (choices == "FILE" || choices == "PATH") {
    return fmt::format("files\t{}\n", kept);
  }
  if (choices == "DIRECTORY") {
    return fmt::format("directories\t{}\n", kept);
  }
  if (choices == "KIND=FILE" && current.find('=') != std::string_view::npos) {
    const std::string kind(text::take(current, '='));
    kept += kind + "=";
    return kind == "github" ? fmt::format("words\t{}\n{}", kept, line("off"))
                            : fmt::format("files\t{}\n", kept);
  }
  if (choices == "KIND=FILE") {
    for (const ReportKindName& kind : report_kinds) {
      lines += line(fmt::format("{}{}", kind.name, kind.kind == ReportKind::github ? "" : "="));
    }
  } else if (choices == "NAME") {
    lines = resource_lines(inputs(), invocation_);
  } else if (choices == "NAME=VALUE") {
    lines =
        current.find('=') == std::string_view::npos ? variable_lines(inputs(), invocation_) : "";
  } else if (choices == "COMMAND") {
    lines = command_lines();
  } else if (choices.find('|') != std::string_view::npos) {
    while (!choices.empty()) {
      lines += line(text::take(choices, '|'));
    }
  }
  return fmt::format("words\t{}\n{}", kept, lines);
}

std::string offer(Words words, reconcile::ResourceTypes types) {
  const std::string& current = words.back();
  words = words.first(words.size() - 1);
  const auto name =
      std::ranges::find_if(words, [](const std::string& word) { return !word.starts_with('-'); });
  if (name == words.end()) {
    Invocation invocation;
    return "words\t\n" +
           (current.starts_with('-') ? option_lines(global_options(invocation)) : command_lines());
  }
  const auto command = find_command(*name);
  return command ? Line(*command, Words(name + 1, words.end()), types).offer(current) : "words\t\n";
}

}  // namespace

ExitRequest execute(const CompleteOptions& options, const Invocation& invocation,
                    Console& console) {
  console.out.write(options.words.empty() ? "" : offer(options.words, invocation.types));
  return {};
}

ExitRequest execute(const CompletionOptions& options, const Invocation& /*invocation*/,
                    Console& console) {
  switch (options.shell.value_or(Shell::bash)) {
    case Shell::bash:
      console.out.write(bash_completion);
      break;
    case Shell::zsh:
      console.out.write(zsh_completion);
      break;
    case Shell::fish:
      console.out.write(fish_completion);
      break;
  }
  return {};
}

}  // namespace fluke
