#include "executor/mise/missing_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "text/distance.h"
#include "text/quote.h"

namespace mise {
namespace {

constexpr std::size_t most_names = 10;

std::string joined_by_and(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, " and "));
}

std::vector<std::string> quoted_all(std::span<const std::string> names) {
  std::vector<std::string> quoted;
  std::ranges::transform(names, std::back_inserter(quoted), text::quoted);
  return quoted;
}

std::vector<std::string> suggestions_for(std::span<const std::string> missing,
                                         const std::vector<std::string>& known) {
  std::vector<std::string> suggestions;
  for (const std::string& name : missing) {
    const std::optional<std::string_view> near = text::nearest(name, known);
    if (!near) {
      continue;
    }
    const std::string quoted = text::quoted(*near);
    if (std::ranges::find(suggestions, quoted) == suggestions.end()) {
      suggestions.push_back(quoted);
    }
  }
  return suggestions;
}

std::string listed(const std::vector<Task>& tasks) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(tasks.size(), most_names); ++i) {
    names.push_back(text::neutralised(tasks[i].name));
  }
  std::string list = fmt::format("{}", fmt::join(names, ", "));
  if (tasks.size() > most_names) {
    list += fmt::format(", and {} more", tasks.size() - most_names);
  }
  return list;
}

}  // namespace

std::string say_missing(std::span<const std::string> missing,
                        const std::filesystem::path& directory) {
  const bool is_one = missing.size() == 1;
  return fmt::format("{} {} {} in {}", is_one ? "task" : "tasks",
                     joined_by_and(quoted_all(missing)), is_one ? "does not exist" : "do not exist",
                     text::quoted(directory.native()));
}

std::string say_instead(std::span<const std::string> missing, const TaskList& there) {
  if (there.tasks().empty()) {
    return "there are no tasks there";
  }
  const std::vector<std::string> suggestions = suggestions_for(missing, there.names());
  const std::string hint =
      suggestions.empty() ? "" : fmt::format("did you mean {}? ", joined_by_and(suggestions));
  return fmt::format("{}tasks there: {}", hint, listed(there.tasks()));
}

std::string describe_missing(std::span<const std::string> missing,
                             const std::filesystem::path& directory, const TaskList& there) {
  return fmt::format("{}; {}", say_missing(missing, directory), say_instead(missing, there));
}

}  // namespace mise
