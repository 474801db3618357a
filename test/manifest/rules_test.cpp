#include "manifest/rules.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

#include "support/temporary_directory.h"

namespace manifest {
namespace {

struct RefusedRow {
  std::string text;
  /// Empty: allowed.
  std::string_view reason;
};

void expect_reasons(std::optional<std::string> (*rule)(std::string_view),
                    std::initializer_list<RefusedRow> rows) {
  for (const RefusedRow& row : rows) {
    EXPECT_EQ(rule(row.text).value_or(""), row.reason) << "for: " << row.text;
  }
}

TEST(Rules, ResourceNames) {
  constexpr auto beginning = "a name begins with a letter from a to z or with \"_\"";
  constexpr auto letters = "a name is made of the letters a to z, digits, \"_\", \".\" and \"-\"";
  expect_reasons(resource_name_problem, {
                                            {"deploy", ""},
                                            {"_a.b-C9", ""},
                                            {"", "a name cannot be empty"},
                                            {"9a", beginning},
                                            {"-a", beginning},
                                            {".a", beginning},
                                            {"\xc3\xa9t\xc3\xa9", beginning},
                                            {"a b", letters},
                                            {"a/b", letters},
                                            {"a\x1b[31m", letters},
                                        });
}

TEST(Rules, VariableNames) {
  expect_reasons(variable_name_problem,
                 {
                     {"NODE_ENV", ""},
                     {"a.b c", ""},
                     {"", "the name of an environment variable cannot be empty"},
                     {"A=B", "the name of an environment variable cannot hold \"=\""},
                     {std::string("A\0", 2),
                      "the name of an environment variable cannot hold a NUL character"},
                 });
}

TEST(Rules, Urls) {
  constexpr auto helper =
      "a url of the form \"word::address\" makes git start a helper program; name the repository "
      "by https, ssh or a path";
  constexpr auto control = "a url cannot hold control characters";
  expect_reasons(
      url_problem,
      {
          {"https://github.com/taiidani/fluke.git", ""},
          {"https://user:secret@host/a.git", ""},
          {"git@github.com:taiidani/fluke.git", ""},
          {"ssh://git@[::1]:22/a.git", ""},
          {"https://[2001:db8::1]/a.git", ""},
          {"/srv/git/a b.git", ""},
          {"/srv/a::b", ""},
          {"../a.git", ""},
          {"", "a url cannot be empty"},
          {"--upload-pack=x", "a url cannot begin with \"-\": git would take it for an option"},
          {"~/app.git", "\"~\" and \"$NAME\" are not expanded; write \"${env(\"HOME\")}/...\""},
          {"$HOME/app.git", "\"~\" and \"$NAME\" are not expanded; write \"${env(\"HOME\")}/...\""},
          {"https://host/a\nb", control},
          {std::string("/a\0b", 4), control},
          {"/a\x7f", control},
          {"ext::sh -c id", helper},
          {"fd::17", helper},
          {"a+b.c-9::x", helper},
      });
}

TEST(Rules, Paths) {
  expect_reasons(path_problem,
                 {
                     {"/opt/app", ""},
                     {".", ""},
                     {"~", ""},
                     {"", "a path cannot be empty; \".\" is the manifest's own directory"},
                     {std::string("a\0b", 3), "a path cannot hold a NUL character"},
                 });
}

TEST(Rules, Branches) {
  constexpr auto part =
      "a branch name has no empty part: no \"/\" at its beginning or end, and no \"//\"";
  constexpr auto lock = "no part of a branch name ends in \".lock\"";
  constexpr auto dot = "no part of a branch name begins with \".\"";
  constexpr auto character = "a branch name cannot hold spaces or any of ~ ^ : ? * [ \\";
  constexpr auto control = "a branch name cannot hold control characters";
  expect_reasons(
      branch_problem,
      {
          {"main", ""},
          {"feature/a.b", ""},
          {"@", ""},
          {"\xc3\xbc", ""},
          {"", "a branch name cannot be empty"},
          {"-x", "a branch name cannot begin with \"-\": git would take it for an option"},
          {"HEAD", "git keeps the name HEAD for itself; name the branch that is meant"},
          {"a\nb", control},
          {"a\x7f", control},
          {"a b", character},
          {"a\\b", character},
          {"a..b", "a branch name cannot hold \"..\""},
          {"a@{b", "a branch name cannot hold \"@{\""},
          {"a.", "a branch name cannot end with \".\""},
          {"/a", part},
          {"a/", part},
          {"a//b", part},
          {".a", dot},
          {"a/.b", dot},
          {"a.lock", lock},
          {"a.lock/b", lock},
      });
}

/// What `git check-ref-format --branch` says. It is told by its exit status.
bool git_accepts(const std::filesystem::path& repository, const std::string& branch) {
  setenv("FLUKE_TEST_BRANCH", branch.c_str(), 1);
  const std::string command = "cd '" + repository.string() +
                              "' && git check-ref-format --branch \"$FLUKE_TEST_BRANCH\" "
                              ">/dev/null 2>&1";
  return std::system(command.c_str()) == 0;  // NOLINT(cert-env33-c): no text of others in it.
}

TEST(Rules, BranchesAreValidWhereGitSaysSo) {
  const support::TemporaryDirectory repository;
  const std::string init = "git init -q '" + repository.path().string() + "'";
  ASSERT_EQ(std::system(init.c_str()), 0);  // NOLINT(cert-env33-c)
  for (const std::string branch : {"main",    "a/b",      "",
                                   "@",       "HEAD",     "-x",
                                   "a..b",    ".a",       "a/.b",
                                   "a.lock",  "a.lock/b", "a b",
                                   "a~b",     "a^b",      "a:b",
                                   "a?b",     "a*b",      "a[b",
                                   "a\\b",    "/a",       "a/",
                                   "a//b",    "a.",       "a./b",
                                   "a@{b",    "@{-1}",    "a@b",
                                   "x/@",     "\xc3\xbc", "a]b",
                                   "a{b",     "head",     "a/HEAD",
                                   ".lock",   "a.LOCK",   "-",
                                   "a\tb",    "a\x7f",    "refs/heads/main",
                                   "a...b",   "a/..",     "@@",
                                   "a.lock.", "a'b\"c$",  "%2e%2e",
                                   "a;b"}) {
    EXPECT_EQ(!branch_problem(branch).has_value(), git_accepts(repository.path(), branch))
        << "for: " << branch;
  }
}

}  // namespace
}  // namespace manifest
