#include "executor/mise/task_list.h"

#include <gtest/gtest.h>

namespace {

using mise::parse_task_list;
using mise::TaskList;

TEST(TaskList, IsReadFromJson) {
  const std::optional<TaskList> list = parse_task_list(
      R"([{"name":"check","aliases":["c","v"],"source":"/a/mise.toml","run":[["x"]]},
          {"name":"apply"}])");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->tasks().size(), 2U);
  EXPECT_EQ(list->tasks()[0].source, "/a/mise.toml");
  EXPECT_EQ(list->names(), (std::vector<std::string>{"check", "c", "v", "apply"}));
}

TEST(TaskList, OfNoTasksIsEmpty) {
  const std::optional<TaskList> list = parse_task_list("[]");
  ASSERT_TRUE(list);
  EXPECT_TRUE(list->tasks().empty());
  EXPECT_EQ(list->find("check"), nullptr);
}

TEST(TaskList, IsNotReadFromAnythingElse) {
  for (const char* text : {"", "tasks:", "{}", "[1]", "[{}]", "[{\"name\":1}]", "[{\"name\":\"a\"}",
                           "[] []", "[{\"name\":\"\xff\"}]", "null"}) {
    EXPECT_FALSE(parse_task_list(text)) << text;
  }
}

std::string nested(std::size_t depth) {
  return R"([{"name":"check","run":)" + std::string(depth, '[') + std::string(depth, ']') + "}]";
}

TEST(TaskList, SurvivesDeepNesting) {
  EXPECT_FALSE(parse_task_list(std::string(1000000, '[')));
  EXPECT_FALSE(parse_task_list(nested(100000)));
  EXPECT_TRUE(parse_task_list(nested(90)));
}

TEST(TaskList, DoesNotTakeBracketsInAStringForNesting) {
  const std::string brackets(200, '[');
  EXPECT_TRUE(parse_task_list(R"([{"name":"check","run":"\\\")" + brackets + R"("}])"));
}

TEST(TaskList, FindsANameBeforeAnAlias) {
  const TaskList list(
      {{.name = "a", .aliases = {"b"}, .source = "1"}, {.name = "b", .source = "2"}});
  ASSERT_NE(list.find("b"), nullptr);
  EXPECT_EQ(list.find("b")->source, "2");
}

}  // namespace
