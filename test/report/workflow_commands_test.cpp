#include "report/workflow_commands.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/runner.h"

namespace report {
namespace {

using Commands = std::vector<std::string>;

TEST(WorkflowCommands, AreMadeHarmlessAndOtherTextStays) {
  const struct {
    std::string_view text;
    std::string_view expected;
  } rows[] = {
      {"plain: a::b [c] #[d\n", "plain: a::b [c] # [d\n"},
      {"::error::x\n", ": :error::x\n"},
      {"  \t::error::x\n", "  \t: :error::x\n"},
      {"deploy: one\r::error::x\n", "deploy: one\r: :error::x\n"},
      {"deploy: ##[error]x\n", "deploy: ## [error]x\n"},
      {"deploy: ##vso[task.x]y\n", "deploy: ##vso [task.x]y\n"},
      {"##VSO[x]y #vso[x] vso[x]\n", "##VSO [x]y #vso[x] vso[x]\n"},
      {"\u00ad::error::x\n", "\u00ad: :error::x\n"},
      {":\u200b:error::x\n", ":\u200b :error::x\n"},
      {"##\u00ad[error]x\n", "##\u00ad [error]x\n"},
      {"#\x01#\x01[error]x\n", "#\x01#\x01 [error]x\n"},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(WorkflowCommandGuard().pass(text), expected);
    EXPECT_EQ(workflow_commands_in(expected), Commands{}) << text;
  }
}

TEST(WorkflowCommands, AreFoundAlsoWhereTheTextComesInPieces) {
  WorkflowCommandGuard guard;
  std::string out;
  for (const std::string piece : {"a\n:", ":error::\n", "deploy: #", "#", "[error]"}) {
    out += guard.pass(piece);
  }
  EXPECT_EQ(out, "a\n: :error::\ndeploy: ## [error]");
}

TEST(WorkflowCommands, InJsonAreMadeHarmlessWithoutAChangeOfTheText) {
  const nlohmann::json document = {{"output", "##[error]x\n::error::y ##vso[x]"},
                                   {"#", {"##[", "[", "#"}}};
  const std::string text = json_without_workflow_commands(document.dump(2));
  EXPECT_EQ(workflow_commands_in(text), Commands{});
  EXPECT_EQ(nlohmann::json::parse(text), document);
}

TEST(WorkflowCommands, AreFoundByTheRunnerOfTheTests) {
  EXPECT_EQ(workflow_commands_in("a\n  ::error::b\nc: ##[warning]d\re ::f::\n"),
            (Commands{"  ::error::b", "c: ##[warning]d"}));
}

}  // namespace
}  // namespace report
