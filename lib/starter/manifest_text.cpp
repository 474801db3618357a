#include "starter/manifest_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "text/quote.h"

namespace starter {
namespace {

constexpr std::size_t max_listed_tasks = 12;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), max_listed_tasks); ++i) {
    list += (i == 0 ? "" : ", ") + text::neutralised(names[i]);
  }
  return names.size() > max_listed_tasks ? list + ", ..." : list;
}

/// The lines of one task attribute: a comment where they say only what is the case anyway.
std::string task_lines(std::string_view attribute, std::string_view usual,
                       const std::optional<TaskChoice>& choice) {
  if (!choice) {
    return fmt::format(
        "  # No task looks like {0}: add one, or name yours here.\n"
        "  # {1} = \"{0}\"\n",
        usual, attribute);
  }
  const std::string line = fmt::format("{} = {}\n", attribute, hcl_string(choice->name));
  return choice->is_guess ? "  # Guessed by its name: is it the right one?\n  " + line
                          : "  # " + line;
}

std::string task_lines(const Facts& facts) {
  if (!facts.task_names) {
    return "  # mise did not say which tasks are here: are these the two?\n"
           "  # check_task = \"check\"\n"
           "  # apply_task = \"apply\"\n";
  }
  const std::string found =
      facts.task_names->empty()
          ? "  # No mise tasks were found here: add the two to .mise.toml.\n"
          : fmt::format("  # mise tasks here: {}\n", listed(*facts.task_names));
  return found + task_lines("check_task", "check", facts.tasks.check) +
         task_lines("apply_task", "apply", facts.tasks.apply);
}

std::string git_lines(const std::optional<CheckoutSource>& source) {
  const CheckoutSource shown =
      source.value_or(CheckoutSource{.url = "https://example.org/app.git", .branch = "main"});
  return fmt::format(
      "\n"
      "  # With a git block, fluke clones this directory and fast-forwards it before each check. "
      "It\n"
      "  # never overwrites local work: what stands in the way is named, and the run fails.\n"
      "  # git {{\n"
      "  #   url    = {}\n"
      "  #   branch = {}\n"
      "  # }}\n",
      hcl_string(shown.url), hcl_string(shown.branch));
}

/// What does without mise, for a directory in which it knows no task.
std::string other_types(const Facts& facts) {
  if (facts.task_names && !facts.task_names->empty()) {
    return "";
  }
  return R"(
# Without mise tasks, a shell block has the two as commands, and a systemd block is about a unit:
# shell "motd" {
#   check   = "grep -q hello /etc/motd"
#   command = "echo hello >>/etc/motd"
# }
# systemd "app" {
#   unit = "app.service"
# }
)";
}

}  // namespace

std::string hcl_string(std::string_view text) {
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      continue;
    }
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    if ((c == '$' || c == '%') && i + 1 < text.size() && text[i + 1] == '{') {
      result += c;
    }
    result += c;
  }
  return result + "\"";
}

std::string resource_name(std::string_view name) {
  std::string result;
  for (const char c : name) {
    result += is_name_character(c) ? c : '-';
  }
  return !result.empty() && is_letter(result.front()) ? result : "app" + result;
}

std::string tasks_text(const TaskChoices& choices) {
  std::string text =
      "# Tasks that fluke runs here. Put your commands in place of these, and try them by hand:\n"
      "# mise run check, mise run apply.\n";
  if (!choices.check) {
    text += R"(
[tasks.check]
description = "Exit 0 if everything is as it should be"
run = "echo 'no check yet: write it in .mise.toml' >&2; exit 1"
)";
  }
  if (!choices.apply) {
    text += R"(
[tasks.apply]
description = "Make it so"
run = "echo 'no apply yet: write it in .mise.toml' >&2; exit 1"
)";
  }
  return text;
}

std::string manifest_text(const Facts& facts) {
  return fmt::format(
             "# fluke runs the check task in working_dir and, only if it fails, the apply task and "
             "then the\n"
             "# check again. See fluke-manifest(5).\n"
             "mise \"{}\" {{\n"
             "  working_dir = \".\" # from where this file is\n"
             "\n",
             resource_name(facts.directory_name)) +
         task_lines(facts) + git_lines(facts.source) + "}\n" + other_types(facts);
}

}  // namespace starter
