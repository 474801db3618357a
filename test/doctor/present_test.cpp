#include "doctor/present.h"

#include <gtest/gtest.h>

namespace {

using doctor::Verdict;

const doctor::Findings findings = {
    {.subject = "git", .message = "/usr/bin/git, version 2.39.5"},
    {.verdict = Verdict::warn, .subject = "space", .message = "make room"},
    {.verdict = Verdict::fail,
     .resource = "a\x1b",
     .subject = "tasks",
     .message = "mise \x1b[2J",
     .output = "line 1\nline\x1b 2\n"},
};

TEST(Present, ALineAFindingThatForeignTextCannotDisturb) {
  std::string text;
  for (const doctor::Finding& finding : findings) {
    text += doctor::finding_line(finding, {.name_width = 5});
  }
  EXPECT_EQ(text + doctor::totals_line(findings),
            "ok    host   git        /usr/bin/git, version 2.39.5\n"
            "warn  host   space      make room\n"
            "fail  a\\x1b  tasks      mise \\x1b[2J\n"
            "      | line 1\n"
            "      | line\\x1b 2\n"
            "3 checks: 1 ok, 1 warn, 1 fail\n");
}

TEST(Present, ColoursTheVerdict) {
  EXPECT_EQ(doctor::finding_line(findings[1], {.name_width = 4, .colour = true}),
            "\x1b[33mwarn  \x1b[0mhost  space      make room\n");
}

TEST(Present, OneDocument) {
  EXPECT_EQ(doctor::to_json({findings[2]}, "0.1.0", 78), R"({
  "schema": 1,
  "fluke": "0.1.0",
  "command": "doctor",
  "exit_code": 78,
  "summary": {
    "ok": 0,
    "warn": 0,
    "fail": 1
  },
  "findings": [
    {
      "verdict": "fail",
      "resource": "a\u001b",
      "subject": "tasks",
      "message": "mise \u001b[2J",
      "output": "line 1\nline\u001b 2\n"
    }
  ]
}
)");
}

}  // namespace
