// The tasks of a directory, as mise tells them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mise {

/// A task as `mise tasks ls` tells it: hidden, inherited and global ones too.
struct Task {
  std::string name;
  std::vector<std::string> aliases = {};
  /// The file that defines it.
  std::string source = {};
};

class TaskList {
 public:
  explicit TaskList(std::vector<Task> tasks) : tasks_(std::move(tasks)) {}

  /// The task that `mise run name` would run, or null. A name that two tasks go by, as x.sh and
  /// x.py do by "x", counts for none, and so do a path, a name with its extension and whatever else
  /// only mise itself understands: ask Client::would_run before calling a task missing.
  [[nodiscard]] const Task* find(std::string_view name) const;

  /// Names and aliases, as they may be suggested.
  [[nodiscard]] std::vector<std::string> names() const;

  [[nodiscard]] const std::vector<Task>& tasks() const { return tasks_; }

 private:
  std::vector<Task> tasks_;
};

/// Reads what `mise tasks ls --json` prints; nothing if it is anything else.
[[nodiscard]] std::optional<TaskList> parse_task_list(std::string_view json);

}  // namespace mise
