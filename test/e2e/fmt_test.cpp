// `fluke fmt` as its users meet it: what it prints, what it exits with, and what becomes of files.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr std::string_view untidy = "a {\nb=1\nlong = 2\n}\n";
constexpr std::string_view tidy = "a {\n  b    = 1\n  long = 2\n}\n";

struct stat status_of(const std::filesystem::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0) << file;
  return status;
}

TEST(Fmt, RewritesFilesInPlaceAndPrintsTheNamesOfThoseThatChanged) {
  const Host host;
  host.write("a.hcl", untidy);
  host.write("b.hcl", tidy);
  const support::Ran ran = host.fluke({"fmt", "a.hcl", "b.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "a.hcl\n");
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(host.read("a.hcl"), tidy);
  EXPECT_EQ(host.read("b.hcl"), tidy);
}

TEST(Fmt, TakesTheManifestsBelowADirectory) {
  const Host host;
  host.write("site/sub/a.fluke.hcl", untidy);
  host.write("site/b.fluke.hcl", untidy);
  host.write("site/other.hcl", untidy);
  host.write("site/.hidden/c.fluke.hcl", untidy);
  const support::Ran ran = host.fluke({"fmt", "site"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "site/b.fluke.hcl\nsite/sub/a.fluke.hcl\n");
  EXPECT_EQ(host.read("site/other.hcl"), untidy);
  EXPECT_EQ(host.read("site/.hidden/c.fluke.hcl"), untidy);
}

TEST(Fmt, TakesTheCurrentDirectoryWhereNothingIsNamed) {
  const Host host;
  host.write("a.fluke.hcl", untidy);
  const support::Ran ran = host.fluke({"fmt"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "./a.fluke.hcl\n");
  EXPECT_EQ(host.read("a.fluke.hcl"), tidy);
}

TEST(Fmt, IsAFilterForStandardInput) {
  const Host host;
  support::Program program = host.fluke_program({"fmt", "-"});
  program.input = untidy;
  const support::Ran ran = run(program);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, tidy);
  EXPECT_EQ(ran.err, "");
}

TEST(Fmt, PrintsNothingOfInvalidStandardInput) {
  const Host host;
  support::Program program = host.fluke_program({"fmt", "-"});
  program.input = "a =\n";
  const support::Ran ran = run(program);
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
}

TEST(Fmt, RefusesStandardInputAmongFiles) {
  const Host host;
  const support::Ran ran = host.fluke({"fmt", "-", "a.hcl"});
  EXPECT_EQ(ran.status, 64);
  EXPECT_EQ(ran.err, "fluke: \"-\" stands alone: it formats standard input to standard output\n");
}

TEST(Fmt, ListsWithCheckWhatWouldChangeAndExitsWith3) {
  const Host host;
  host.write("a.hcl", untidy);
  host.write("b.hcl", tidy);
  const support::Ran ran = host.fluke({"fmt", "--check", "a.hcl", "b.hcl"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.out, "a.hcl\n");
  EXPECT_EQ(host.read("a.hcl"), untidy);
}

TEST(Fmt, IsContentWithCheckWhereNothingWouldChange) {
  const Host host;
  host.write("b.hcl", tidy);
  const support::Ran ran = host.fluke({"fmt", "--check", "b.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out, "");
}

TEST(Fmt, ChecksStandardInputToo) {
  const Host host;
  support::Program program = host.fluke_program({"fmt", "--check", "-"});
  program.input = untidy;
  const support::Ran ran = run(program);
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.out, "<stdin>\n");
}

TEST(Fmt, ShowsADiffAndChangesNothing) {
  const Host host;
  host.write("a.hcl", untidy);
  const support::Ran ran = host.fluke({"fmt", "--diff", "a.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out,
            "--- a.hcl\n+++ a.hcl\n@@ -1,4 +1,4 @@\n a {\n-b=1\n-long = 2\n+  b    = 1\n"
            "+  long = 2\n }\n");
  EXPECT_EQ(host.read("a.hcl"), untidy);
  EXPECT_EQ(host.fluke({"fmt", "--diff", "--check", "a.hcl"}).status, 3);
}

/// What `fluke fmt --diff` prints behind the names; comments are lines that layout leaves alone.
std::string diff_of(std::string_view input) {
  const Host host;
  support::Program program = host.fluke_program({"fmt", "--diff", "-"});
  program.input = input;
  const support::Ran ran = run(program);
  constexpr std::string_view names = "--- <stdin>\n+++ <stdin>\n";
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.empty() || ran.out.starts_with(names)) << ran.out;
  return ran.out.substr(std::min(names.size(), ran.out.size()));
}

TEST(FmtDiff, IsEmptyWhereNothingWouldChange) {
  EXPECT_EQ(diff_of("#1\n#2\n"), "");
  EXPECT_EQ(diff_of(""), "");
}

TEST(FmtDiff, HasThreeLinesOfContext) {
  EXPECT_EQ(diff_of("#1\n#2\n#3\n#4\na=5\n#6\n#7\n#8\n#9\n"),
            "@@ -2,7 +2,7 @@\n #2\n #3\n #4\n-a=5\n+a = 5\n #6\n #7\n #8\n");
}

TEST(FmtDiff, JoinsChangesWhoseContextsMeet) {
  EXPECT_EQ(diff_of("a=1\n#2\n#3\n#4\n#5\n#6\n#7\nb=8\n"),
            "@@ -1,8 +1,8 @@\n-a=1\n+a = 1\n #2\n #3\n #4\n #5\n #6\n #7\n-b=8\n+b = 8\n");
}

TEST(FmtDiff, KeepsChangesApartWhoseContextsDoNotMeet) {
  EXPECT_EQ(diff_of("a=1\n#2\n#3\n#4\n#5\n#6\n#7\n#8\nb=9\n"),
            "@@ -1,4 +1,4 @@\n-a=1\n+a = 1\n #2\n #3\n #4\n"
            "@@ -6,4 +6,4 @@\n #6\n #7\n #8\n-b=9\n+b = 9\n");
}

TEST(FmtDiff, SaysWhereALastLineHasNoNewline) {
  EXPECT_EQ(diff_of("#1\na=2"),
            "@@ -1,2 +1,2 @@\n #1\n-a=2\n\\ No newline at end of file\n+a = 2\n"
            "\\ No newline at end of file\n");
}

TEST(Fmt, ShowsNoSecretBesideASyntaxError) {
  const Host host;
  host.write("a.hcl", R"(mise "a" {
  git { url = "https://u:hunter2@host/a.git" + }
}
variable "token" {
  default   = 'hunter2'
  sensitive = true
}
)");
  const support::Ran ran = host.fluke({"fmt", "a.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_NE(ran.err.find("a.hcl:5:15"), std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find("hunter2"), std::string::npos) << ran.err;
}

TEST(Fmt, LeavesAFileWithSyntaxErrorsAloneAndGoesOn) {
  const Host host;
  host.write("a.hcl", "a {\nb=1\n");
  host.write("b.hcl", untidy);
  const support::Ran ran = host.fluke({"fmt", "a.hcl", "b.hcl"});
  EXPECT_EQ(ran.status, 65);
  EXPECT_EQ(ran.out, "b.hcl\n");
  EXPECT_TRUE(ran.err.starts_with("error: ")) << ran.err;
  EXPECT_EQ(host.read("a.hcl"), "a {\nb=1\n");
  EXPECT_EQ(host.read("b.hcl"), tidy);
}

TEST(Fmt, ExitsWith66WhereAFileCannotBeRead) {
  const Host host;
  const support::Ran ran = host.fluke({"fmt", "absent.hcl"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(ran.err,
            "error: cannot read \"absent.hcl\"\n  = No such file or directory; check the path\n");
}

TEST(Fmt, KeepsTheModeAndTheOwner) {
  const Host host;
  const std::filesystem::path file = host.write("a.hcl", untidy);
  if (geteuid() == 0) {
    ASSERT_EQ(::chown(file.c_str(), 12, 34), 0);
  }
  ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
  const struct stat before = status_of(file);
  EXPECT_EQ(host.fluke({"fmt", "a.hcl"}).status, 0);
  const struct stat after = status_of(file);
  EXPECT_EQ(host.read("a.hcl"), tidy);
  EXPECT_EQ(after.st_mode, before.st_mode);
  EXPECT_EQ(after.st_uid, before.st_uid);
  EXPECT_EQ(after.st_gid, before.st_gid);
}

TEST(Fmt, FollowsASymbolicLink) {
  const Host host;
  const std::filesystem::path file = host.write("real/a.hcl", untidy);
  std::filesystem::create_symlink(file, host.root() / "link.hcl");
  EXPECT_EQ(host.fluke({"fmt", "link.hcl"}).out, "link.hcl\n");
  EXPECT_TRUE(std::filesystem::is_symlink(host.root() / "link.hcl"));
  EXPECT_EQ(host.read("real/a.hcl"), tidy);
}

TEST(Fmt, LeavesLinksInADirectoryAlone) {
  const Host host;
  host.write("real/a.fluke.hcl", untidy);
  host.write("site/b.fluke.hcl", untidy);
  std::filesystem::create_symlink("../real/a.fluke.hcl", host.root() / "site/a.fluke.hcl");
  EXPECT_EQ(host.fluke({"fmt", "site"}).out, "site/b.fluke.hcl\n");
  EXPECT_EQ(host.read("real/a.fluke.hcl"), untidy);
  std::filesystem::remove(host.root() / "site/b.fluke.hcl");
  const support::Ran ran = host.fluke({"fmt", "site"});
  EXPECT_EQ(ran.status, 66);
  EXPECT_EQ(
      ran.err,
      "error: no manifest in \"site\"\n  = a directory stands for the files below it whose "
      "names end in \".fluke.hcl\", links left out; a file of another name is read when it is "
      "named itself\n");
}

TEST(Fmt, RefusesToReplaceWhatIsNoRegularFile) {
  const Host host;
  const support::Ran ran = host.fluke({"fmt", "/dev/null"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(::mkfifo((host.root() / "fifo").c_str(), 0600), 0);
  const std::string fluke = FLUKE_BINARY;
  host.run(
      {"sh", "-c", "echo 'b=1' >fifo & " + fluke + " fmt fifo >out 2>err; echo $? >status; wait"});
  EXPECT_EQ(host.read("status"), "73\n");
  EXPECT_EQ(host.read("err"),
            "fluke: cannot rewrite \"fifo\": it is not a regular file; use - to format standard "
            "input\n");
}

TEST(Fmt, DoesNotTouchAFileThatIsCanonicalAlready) {
  const Host host;
  const std::filesystem::path file = host.write("a.hcl", tidy);
  const struct stat before = status_of(file);
  EXPECT_EQ(host.fluke({"fmt", "a.hcl"}).out, "");
  const struct stat after = status_of(file);
  EXPECT_EQ(after.st_ino, before.st_ino);
  EXPECT_EQ(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
  EXPECT_EQ(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
}

TEST(Fmt, LeavesNothingBesideTheFile) {
  const Host host;
  host.write("site/a.hcl", untidy);
  EXPECT_EQ(host.fluke({"fmt", "site/a.hcl"}).status, 0);
  const std::filesystem::directory_iterator entries(host.root() / "site");
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST(Fmt, SaysWhyAFileInAReadOnlyDirectoryCannotBeRewritten) {
  const Host host;
  host.write("site/a.hcl", untidy);
  const std::filesystem::path directory = host.root() / "site";
  ASSERT_EQ(::chmod(directory.c_str(), 0555), 0);
  const auto program = host.as_ordinary_user(host.fluke_program({"fmt", "site/a.hcl"}));
  if (!program) {
    GTEST_SKIP() << "an ordinary user cannot reach the binary";
  }
  const support::Ran ran = support::run(*program);
  ASSERT_EQ(::chmod(directory.c_str(), 0755), 0);
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "fluke: cannot rewrite \"site/a.hcl\": open: Permission denied\n");
  EXPECT_EQ(host.read("site/a.hcl"), untidy);
}

TEST(Fmt, LeavesAReadOnlyFileAlone) {
  const Host host;
  const std::filesystem::path file = host.write("a.hcl", untidy);
  ASSERT_EQ(::chmod(file.c_str(), 0444), 0);
  const auto program = host.as_ordinary_user(host.fluke_program({"fmt", "a.hcl"}));
  if (!program) {
    GTEST_SKIP() << "an ordinary user cannot reach the binary";
  }
  const support::Ran ran = support::run(*program);
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.err, "fluke: cannot rewrite \"a.hcl\": write: Permission denied\n");
  EXPECT_EQ(host.read("a.hcl"), untidy);
}

}  // namespace
