#include "starter/task_choice.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace starter {
namespace {

constexpr std::string_view separators = "-_:./";

/// Pairs of words of which many projects name a task each, the best known first.
constexpr std::pair<std::string_view, std::string_view> word_pairs[] = {
    {"check", "apply"},     {"verify", "apply"},  {"check", "deploy"},  {"check", "converge"},
    {"check", "provision"}, {"verify", "deploy"}, {"status", "deploy"},
};

/// What such a task takes away does not come back.
constexpr std::string_view words_of_removal[] = {
    "clean", "delete", "destroy",  "down",     "drop",     "prune",     "purge", "remove",
    "reset", "rm",     "rollback", "teardown", "undeploy", "uninstall", "wipe"};

bool is_separator(char c) {
  return separators.find(c) != std::string_view::npos;
}

bool removes(std::string_view name) {
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find_first_of(separators));
    if (std::ranges::find(words_of_removal, part) != std::end(words_of_removal)) {
      return true;
    }
    name.remove_prefix(std::min(part.size() + 1, name.size()));
  }
  return false;
}

using Names = std::vector<std::string>;

/// Names and aliases of those of `tasks` that `directory` defines itself, or of all.
Names names_of(std::span<const mise::Task> tasks, const std::filesystem::path& directory) {
  Names names;
  for (const mise::Task& task : tasks) {
    if (directory.empty() || task.source.starts_with(directory.native() + "/")) {
      names.push_back(task.name);
      names.insert(names.end(), task.aliases.begin(), task.aliases.end());
    }
  }
  return names;
}

bool holds(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// The name that has `to` where `name` has `from`, as its first or last part: "web:check" is to
/// "check" what "web:apply" is to "apply".
std::optional<std::string> counterpart(std::string_view name, std::string_view from,
                                       std::string_view to) {
  const std::size_t size = from.size();
  const bool is_part = name.size() > size + 1;
  if (name == from) {
    return std::string(to);
  }
  if (is_part && name.ends_with(from) && is_separator(name[name.size() - size - 1])) {
    return std::string(name.substr(0, name.size() - size)) + std::string(to);
  }
  if (is_part && name.starts_with(from) && is_separator(name[size])) {
    return std::string(to) + std::string(name.substr(size));
  }
  return std::nullopt;
}

std::optional<TaskChoices> choose_pair(const Names& names) {
  for (const auto& [check_word, apply_word] : word_pairs) {
    for (const std::string& name : names) {
      const auto apply = counterpart(name, check_word, apply_word);
      if (apply && holds(names, *apply) && !name.starts_with('-') && !removes(*apply)) {
        return TaskChoices{.check = TaskChoice{.name = name, .is_guess = name != "check"},
                           .apply = TaskChoice{.name = *apply, .is_guess = *apply != "apply"}};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

TaskChoices choose_tasks(std::span<const mise::Task> tasks,
                         const std::filesystem::path& directory) {
  const Names all = names_of(tasks, {});
  if (auto own = choose_pair(names_of(tasks, directory))) {
    return *std::move(own);
  }
  if (auto inherited = choose_pair(all)) {
    return *std::move(inherited);
  }
  TaskChoices choices;
  for (auto [choice, name] :
       {std::pair(&choices.check, "check"), std::pair(&choices.apply, "apply")}) {
    if (holds(all, name)) {
      *choice = TaskChoice{.name = name};
    }
  }
  return choices;
}

}  // namespace starter
