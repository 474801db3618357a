// Guesses which tasks of a directory check and apply, from their names.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "mise/task_list.h"

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

/// "check" and "apply" where there are such tasks; else the task that has the most telling word in
/// its name ("status", "app:deploy"). One task never serves for both.
[[nodiscard]] TaskChoices choose_tasks(std::span<const mise::Task> tasks);

}  // namespace starter
