#include "starter/task_choice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

std::string shown(const starter::TaskChoices& choices) {
  const auto show = [](const std::optional<starter::TaskChoice>& choice) {
    return choice ? choice->name + (choice->is_guess ? "?" : "") : "-";
  };
  return show(choices.check) + " " + show(choices.apply);
}

/// "CHECK APPLY", a guess with a question mark behind it, nothing as "-".
std::string chosen(const std::vector<std::string>& names) {
  std::vector<mise::Task> tasks;
  for (const std::string& name : names) {
    tasks.push_back({.name = name, .source = "/srv/app/mise.toml"});
  }
  return shown(starter::choose_tasks(tasks, "/srv/app"));
}

TEST(TaskChoice, PrefersTheUsualNames) {
  EXPECT_EQ(chosen({"apply", "check", "web:apply", "web:check", "deploy", "status"}),
            "check apply");
}

TEST(TaskChoice, GuessesWellKnownPairs) {
  EXPECT_EQ(chosen({"build", "deploy", "status"}), "status? deploy?");
  EXPECT_EQ(chosen({"app:apply", "app:check", "db:check"}), "app:check? app:apply?");
  EXPECT_EQ(chosen({"site-check", "site-apply"}), "site-check? site-apply?");
  EXPECT_EQ(chosen({"check-site", "apply-site"}), "check-site? apply-site?");
}

TEST(TaskChoice, GuessesNoHalfOfAPair) {
  EXPECT_EQ(chosen({"app:check", "db:apply", "deploy"}), "- -");
  EXPECT_EQ(chosen({"deploy:check", "deploy:up", "deploy:destroy"}), "- -");
  EXPECT_EQ(chosen({"check-deploy"}), "- -");
}

TEST(TaskChoice, TakesAUsualNameAlone) {
  EXPECT_EQ(chosen({"check", "deploy:prod"}), "check -");
  EXPECT_EQ(chosen({"apply"}), "- apply");
}

TEST(TaskChoice, NeverTakesAPlanForACheckNorGuessesWhatRemoves) {
  EXPECT_EQ(chosen({"plan", "apply"}), "- apply");
  EXPECT_EQ(chosen({"destroy:check", "destroy:apply", "check-clean", "apply-clean"}), "- -");
}

TEST(TaskChoice, GuessesNoNameThatAManifestRefuses) {
  EXPECT_EQ(chosen({"-check", "-apply"}), "- -");
}

TEST(TaskChoice, KnowsAliases) {
  EXPECT_EQ(shown(starter::choose_tasks(
                std::vector<mise::Task>{{.name = "test", .aliases = {"check"}},
                                        {.name = "deploy", .aliases = {"d", "apply"}}},
                "/srv/app")),
            "check apply");
}

TEST(TaskChoice, PrefersWhatTheDirectoryDefinesItself) {
  EXPECT_EQ(shown(starter::choose_tasks(
                std::vector<mise::Task>{{.name = "check", .source = "/srv/mise.toml"},
                                        {.name = "apply", .source = "/srv/mise.toml"},
                                        {.name = "web:check", .source = "/srv/app/mise.toml"},
                                        {.name = "web:apply", .source = "/srv/app/mise.toml"}},
                "/srv/app")),
            "web:check? web:apply?");
}

TEST(TaskChoice, IsNotTakenInByWordsInsideWords) {
  EXPECT_EQ(chosen({"checkout", "reapply", "startup", "groups"}), "- -");
}

TEST(TaskChoice, MakesNothingOfNothing) {
  EXPECT_EQ(chosen({}), "- -");
}

}  // namespace
