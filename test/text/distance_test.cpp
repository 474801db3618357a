#include "text/distance.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace text {
namespace {

TEST(EditDistance, CountsEachKindOfEditOnce) {
  struct Row {
    const char* name;
    std::string_view a;
    std::string_view b;
    std::size_t distance;
  };
  const Row rows[] = {
      {"equal", "branch", "branch", 0},
      {"both empty", "", "", 0},
      {"from nothing", "", "git", 3},
      {"to nothing", "git", "", 3},
      {"insertion", "banch", "branch", 1},
      {"deletion", "brranch", "branch", 1},
      {"substitution", "brench", "branch", 1},
      {"swap of neighbours", "working_dri", "working_dir", 1},
      {"swap at the start", "rbanch", "branch", 1},
      {"two edits", "kitten", "sitting", 3},
      {"a swapped pair is not edited again", "ca", "abc", 3},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(edit_distance(row.a, row.b), row.distance) << row.name;
    EXPECT_EQ(edit_distance(row.b, row.a), row.distance) << row.name << ", reversed";
  }
}

TEST(Nearest, SuggestsOnlyWhatIsNearEnough) {
  struct Row {
    const char* name;
    std::string_view wanted;
    std::optional<std::string_view> found;
  };
  const std::vector<std::string> known = {"working_dir", "check_task", "apply_task", "env", "git"};
  const Row rows[] = {
      {"a slip", "working_dri", "working_dir"},
      {"a third of the name", "check", std::nullopt},
      {"missing underscore", "checktask", "check_task"},
      {"one edit in a short name", "evn", "env"},
      {"two edits in a short name", "eeo", std::nullopt},
      {"nothing alike", "zzzzzzzzzzz", std::nullopt},
      {"empty", "", std::nullopt},
      {"the very name", "git", "git"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(nearest(row.wanted, known), row.found) << row.name;
  }
}

TEST(Nearest, TakesTheFirstOfEquals) {
  const std::array<std::string_view, 2> known = {"task_a", "task_b"};
  EXPECT_EQ(nearest("task_c", known), "task_a");
}

TEST(Nearest, PrefersTheNearest) {
  const std::array<std::string_view, 2> known = {"deploy-app", "deploy-api"};
  EXPECT_EQ(nearest("deploy-apix", known), "deploy-api");
}

TEST(Nearest, DoesNotSuggestANameWithNothingInCommon) {
  const std::array<std::string_view, 1> known = {"a"};
  EXPECT_EQ(nearest("b", known), std::nullopt);
}

}  // namespace
}  // namespace text
