#include "starter/task_choice.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace starter {
namespace {

/// The most telling ones first.
constexpr std::string_view words_for_check[] = {"check",  "status", "verify", "healthcheck",
                                                "health", "drift",  "diff",   "plan"};
constexpr std::string_view words_for_apply[] = {"apply",   "deploy",    "converge", "provision",
                                                "install", "configure", "setup",    "up"};

/// Whether `word` is all of `name`, or a part of it between separators.
bool has_word(std::string_view name, std::string_view word) {
  for (std::size_t at = name.find(word); at != std::string_view::npos;
       at = name.find(word, at + 1)) {
    constexpr std::string_view separators = "-_:./ ";
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || separators.find(name[at - 1]) != std::string_view::npos;
    const bool ends = end == name.size() || separators.find(name[end]) != std::string_view::npos;
    if (begins && ends) {
      return true;
    }
  }
  return false;
}

std::optional<TaskChoice> choose(std::span<const mise::Task> tasks,
                                 std::span<const std::string_view> words, std::string_view taken) {
  for (const std::string_view word : words) {
    // A name that is the word and nothing else comes before those in which it is one of several.
    for (const bool whole : {true, false}) {
      for (const mise::Task& task : tasks) {
        if (task.name != taken && (whole ? task.name == word : has_word(task.name, word))) {
          return TaskChoice{.name = task.name, .is_guess = task.name != words.front()};
        }
      }
    }
  }
  return std::nullopt;
}

}  // namespace

TaskChoices choose_tasks(std::span<const mise::Task> tasks) {
  TaskChoices choices;
  choices.check = choose(tasks, words_for_check, "");
  choices.apply = choose(tasks, words_for_apply, choices.check ? choices.check->name : "");
  return choices;
}

}  // namespace starter
