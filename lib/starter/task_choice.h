// Guesses which tasks of a directory check and apply, from their names.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "executor/mise/task_list.h"

namespace starter {

/// A task for one of the two purposes.
struct TaskChoice {
  std::string name;
  /// Its name is not the usual one, but one that people give such tasks.
  bool is_guess = false;
};

struct TaskChoices {
  std::optional<TaskChoice> check;
  std::optional<TaskChoice> apply;
};

/// "check" and "apply" where there are such tasks, also as aliases; else a well-known pair such as
/// "web:check" and "web:apply". What `directory` defines itself comes before what it inherits. One
/// of a pair is worth nothing without the other, and nothing is guessed that removes something.
[[nodiscard]] TaskChoices choose_tasks(std::span<const mise::Task> tasks,
                                       const std::filesystem::path& directory);

}  // namespace starter
