#include "executor/mise/missing_task.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mise {
namespace {

struct Case {
  const char* name;
  std::vector<std::string> missing;
  std::vector<Task> there;
  const char* expected;
};

std::vector<Task> numbered_tasks(int count) {
  std::vector<Task> tasks;
  for (int i = 1; i <= count; ++i) {
    tasks.push_back({.name = "step-" + std::to_string(i), .aliases = {}, .source = ""});
  }
  return tasks;
}

Task task(std::string name, std::vector<std::string> aliases = {}) {
  return {.name = std::move(name), .aliases = std::move(aliases), .source = ""};
}

TEST(MissingTask, NamesTheTaskTheDirectoryAndWhatThereIs) {
  const Case cases[] = {
      {"a misspelt task",
       {"chekc"},
       {task("apply"), task("check")},
       R"(task "chekc" does not exist in "/opt/app"; did you mean "check"? tasks there: apply, check)"},
      {"a task like no other",
       {"deploy"},
       {task("apply"), task("check")},
       R"(task "deploy" does not exist in "/opt/app"; tasks there: apply, check)"},
      {"no tasks at all",
       {"check"},
       {},
       R"(task "check" does not exist in "/opt/app"; there are no tasks there)"},
      {"both tasks",
       {"chekc", "aplpy"},
       {task("apply"), task("check")},
       R"(tasks "chekc" and "aplpy" do not exist in "/opt/app"; did you mean "check" and "apply"? tasks there: apply, check)"},
      {"both tasks, and none there",
       {"check", "apply"},
       {},
       R"(tasks "check" and "apply" do not exist in "/opt/app"; there are no tasks there)"},
      {"both near to the same",
       {"check1", "check2"},
       {task("check")},
       R"(tasks "check1" and "check2" do not exist in "/opt/app"; did you mean "check"? tasks there: check)"},
      {"a misspelt alias",
       {"verfy"},
       {task("check", {"verify"})},
       R"(task "verfy" does not exist in "/opt/app"; did you mean "verify"? tasks there: check)"},
      {"ten tasks",
       {"deploy"},
       numbered_tasks(10),
       R"(task "deploy" does not exist in "/opt/app"; tasks there: step-1, step-2, step-3, step-4, step-5, step-6, step-7, step-8, step-9, step-10)"},
      {"more than ten tasks",
       {"deploy"},
       numbered_tasks(13),
       R"(task "deploy" does not exist in "/opt/app"; tasks there: step-1, step-2, step-3, step-4, step-5, step-6, step-7, step-8, step-9, step-10, and 3 more)"},
      {"a name with a control character",
       {"deploy"},
       {task("che\x1b[1mck")},
       R"(task "deploy" does not exist in "/opt/app"; tasks there: che\x1b[1mck)"},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(describe_missing(row.missing, "/opt/app", TaskList(row.there)), row.expected)
        << row.name;
  }
}

}  // namespace
}  // namespace mise
