#include "starter/task_choice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

/// "CHECK APPLY", a guess with a question mark behind it, nothing as "-".
std::string chosen(const std::vector<std::string>& names) {
  std::vector<mise::Task> tasks;
  for (const std::string& name : names) {
    tasks.push_back({.name = name});
  }
  const starter::TaskChoices choices = starter::choose_tasks(tasks);
  const auto shown = [](const std::optional<starter::TaskChoice>& choice) {
    return choice ? choice->name + (choice->is_guess ? "?" : "") : "-";
  };
  return shown(choices.check) + " " + shown(choices.apply);
}

TEST(TaskChoice, PrefersTheUsualNames) {
  EXPECT_EQ(chosen({"apply", "check", "deploy", "status"}), "check apply");
}

TEST(TaskChoice, GuessesFromTellingWords) {
  EXPECT_EQ(chosen({"build", "deploy", "status"}), "status? deploy?");
  EXPECT_EQ(chosen({"app:install", "app:verify"}), "app:verify? app:install?");
}

TEST(TaskChoice, PrefersTheWholeWordToAPart) {
  EXPECT_EQ(chosen({"check-links", "fluke-check", "check", "apply-all", "apply"}), "check apply");
}

TEST(TaskChoice, TakesNoTaskForTwoPurposes) {
  EXPECT_EQ(chosen({"check-deploy"}), "check-deploy? -");
}

TEST(TaskChoice, IsNotTakenInByWordsInsideWords) {
  EXPECT_EQ(chosen({"checkout", "reapply", "startup", "groups"}), "- -");
}

TEST(TaskChoice, MakesNothingOfNothing) {
  EXPECT_EQ(chosen({}), "- -");
}

}  // namespace
