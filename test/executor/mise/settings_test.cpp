#include "executor/mise/settings.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mise {
namespace {

struct Row {
  std::string name;
  /// Empty: allowed.
  std::string_view reason;
};

TEST(TaskNames, AreNoneThatMiseWouldTakeForSomethingElse) {
  constexpr auto pattern =
      "a task name cannot hold any of * ? [ ] { }: mise would take it for a pattern";
  for (const Row& row : {

           Row{"check", ""},
           Row{"fluke-check", ""},
           Row{"db:check", ""},
           Row{"a name with spaces", ""},
           Row{"::", ""},
           Row{"", "a task name cannot be empty"},
           Row{"--force", "a task name cannot begin with \"-\": mise would take it for an option"},
           Row{"che*", pattern},
           Row{"che?k", pattern},
           Row{"[ab]", pattern},
           Row{"a]", pattern},
           Row{"{a,b}", pattern},
           Row{"a}", pattern},
           Row{"//...:check",
               "a task name cannot hold \"...\" after \"//\": mise would take it for a pattern"},
           Row{"//apps/web:check", ""},
           Row{":::", "mise takes \":::\" for the separator between two tasks"},
           Row{std::string("a\0b", 3), "a task name cannot hold control characters"},
           Row{"a\nb", "a task name cannot hold control characters"},
       }) {
    EXPECT_EQ(task_name_problem(row.name).value_or(""), row.reason) << "for: " << row.name;
  }
}

}  // namespace
}  // namespace mise
