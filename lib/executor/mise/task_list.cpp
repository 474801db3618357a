#include "executor/mise/task_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace mise {
namespace {

/// What lies deeper is of no interest, and must not cost memory.
constexpr int deepest = 8;

/// What lies deeper than this is no answer of mise's, and a parser would need memory for each
/// level.
constexpr int deepest_answer = 100;

bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size() && depth <= deepest_answer; ++i) {
    const char c = text[i];
    if (in_string && c == '\\') {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '[' || c == '{')) {
      ++depth;
    } else if (!in_string && (c == ']' || c == '}')) {
      --depth;
    }
  }
  return depth > deepest_answer;
}

nlohmann::json parse_json(std::string_view text) {
  if (is_too_deep(text)) {
    return nlohmann::json::value_t::discarded;
  }
  const auto keep = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    return depth <= deepest;
  };
  return nlohmann::json::parse(text, keep, false);
}

std::optional<std::string> string_at(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) {
    return std::nullopt;
  }
  return found->get<std::string>();
}

std::optional<Task> decode_task(const nlohmann::json& object) {
  std::optional<std::string> name = object.is_object() ? string_at(object, "name") : std::nullopt;
  if (!name) {
    return std::nullopt;
  }
  Task task = {.name = std::move(*name), .source = string_at(object, "source").value_or("")};
  const auto aliases = object.find("aliases");
  if (aliases != object.end() && aliases->is_array()) {
    for (const nlohmann::json& alias : *aliases) {
      if (alias.is_string()) {
        task.aliases.push_back(alias.get<std::string>());
      }
    }
  }
  return task;
}

}  // namespace

const Task* TaskList::find(std::string_view name) const {
  const auto is_named = [name](const Task& task) { return task.name == name; };
  const auto named = std::ranges::find_if(tasks_, is_named);
  if (named != tasks_.end()) {
    return std::count_if(named, tasks_.end(), is_named) == 1 ? &*named : nullptr;
  }
  // A later task takes an alias over from an earlier one.
  for (auto task = tasks_.rbegin(); task != tasks_.rend(); ++task) {
    if (std::ranges::find(task->aliases, name) != task->aliases.end()) {
      return &*task;
    }
  }
  return nullptr;
}

std::vector<std::string> TaskList::names() const {
  std::vector<std::string> names;
  for (const Task& task : tasks_) {
    names.push_back(task.name);
    names.insert(names.end(), task.aliases.begin(), task.aliases.end());
  }
  return names;
}

std::optional<TaskList> parse_task_list(std::string_view json) {
  const nlohmann::json document = parse_json(json);
  if (!document.is_array()) {
    return std::nullopt;
  }
  std::vector<Task> tasks;
  for (const nlohmann::json& element : document) {
    std::optional<Task> task = decode_task(element);
    if (!task) {
      return std::nullopt;
    }
    tasks.push_back(std::move(*task));
  }
  return TaskList(std::move(tasks));
}

}  // namespace mise
