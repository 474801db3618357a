#include "manifest/read.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "manifest/read_given.h"
#include "support/diagnostics.h"
#include "support/golden.h"
#include "support/temporary_directory.h"

namespace manifest {
namespace {

/// Each test starts in a temporary directory of its own, so that names are short and known.
class Read : public testing::Test {
 protected:
  Read() : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(directory_.path());
  }
  ~Read() override { std::filesystem::current_path(before_); }

  /// A line for each source ("NAME in DIRECTORY: TEXT"), then the diagnostics.
  [[nodiscard]] std::string read_here(const std::vector<std::string>& arguments) const {
    const ReadResult result = read(arguments);
    std::string out;
    for (const Source& source : result.sources) {
      out += source.file->name() + " in " +
             source.directory.lexically_relative(directory_.path()).string() + ": " +
             std::string(source.file->text()) + "\n";
    }
    return out + support::render_with_kinds(result.diagnostics);
  }

  support::TemporaryDirectory directory_;

 private:
  std::filesystem::path before_;
};

/// Puts a pipe that holds `text` in place of standard input.
class StandardInput {
 public:
  explicit StandardInput(std::string_view text) : saved_(dup(STDIN_FILENO)) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    EXPECT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    dup2(saved_, STDIN_FILENO);
    close(saved_);
  }

 private:
  int saved_;
};

TEST_F(Read, FilesInTheOrderGiven) {
  directory_.write("b.hcl", "b");
  directory_.write("sub/a.hcl", "a");
  EXPECT_EQ(read_here({"b.hcl", "sub/a.hcl"}), "b.hcl in .: b\nsub/a.hcl in sub: a\n");
}

TEST_F(Read, AnAbsolutePathIsShownAsGiven) {
  const std::string path = directory_.write("sub/a.hcl", "a").string();
  EXPECT_EQ(read_here({path}), path + " in sub: a\n");
}

TEST_F(Read, AFileThatIsNamedTwiceOnce) {
  directory_.write("sub/a.fluke.hcl", "a");
  std::filesystem::create_symlink("sub/a.fluke.hcl", "link.hcl");
  EXPECT_EQ(read_here({"sub/a.fluke.hcl", "sub/../sub/a.fluke.hcl", "sub", "link.hcl"}),
            "sub/a.fluke.hcl in sub: a\n");
}

TEST_F(Read, StandardInputFromTheCurrentDirectory) {
  const StandardInput input("mise");
  EXPECT_EQ(read_here({"-", "-"}), "<stdin> in .: mise\n");
}

TEST_F(Read, AnEmptyFile) {
  directory_.write("empty.hcl", "");
  EXPECT_EQ(read_here({"empty.hcl", "/dev/null"}), "empty.hcl in .: \n/dev/null in .: \n");
}

TEST_F(Read, AFileLargerThanOneRead) {
  const std::string text(300'000, 'x');
  directory_.write("large.hcl", text);
  const ReadResult result = read(std::vector<std::string>{"large.hcl"});
  ASSERT_EQ(result.sources.size(), 1U);
  EXPECT_EQ(result.sources[0].file->text(), text);
}

TEST_F(Read, ADirectoryInPathOrder) {
  directory_.write("sites/b.fluke.hcl", "1");
  directory_.write("sites/a/z.fluke.hcl", "2");
  directory_.write("sites/a/b/c.fluke.hcl", "3");
  directory_.write("sites/a-b.fluke.hcl", "4");
  directory_.write("sites/dir.fluke.hcl/x.fluke.hcl", "5");
  EXPECT_EQ(read_here({"sites"}),
            "sites/a/b/c.fluke.hcl in sites/a/b: 3\n"
            "sites/a/z.fluke.hcl in sites/a: 2\n"
            "sites/a-b.fluke.hcl in sites: 4\n"
            "sites/b.fluke.hcl in sites: 1\n"
            "sites/dir.fluke.hcl/x.fluke.hcl in sites/dir.fluke.hcl: 5\n");
}

TEST_F(Read, ADirectoryWithoutWhatIsHiddenOrLinked) {
  directory_.write("sites/a.fluke.hcl", "a");
  directory_.write("sites/other.hcl", "no");
  directory_.write("sites/.git/b.fluke.hcl", "no");
  directory_.write("sites/.hidden.fluke.hcl", "no");
  directory_.write("elsewhere/c.fluke.hcl", "no");
  directory_.write("elsewhere/d.hcl", "a linked file");
  std::filesystem::create_directory_symlink("../elsewhere", "sites/link");
  std::filesystem::create_directory_symlink("../elsewhere", "sites/link.fluke.hcl");
  std::filesystem::create_symlink("../elsewhere/d.hcl", "sites/d.fluke.hcl");
  std::filesystem::create_symlink("user@host.1234", "sites/.#a.fluke.hcl");
  EXPECT_EQ(read_here({"sites/"}),
            "sites/a.fluke.hcl in sites: a\nsites/d.fluke.hcl in sites: a linked file\n");
}

TEST_F(Read, JsonThatIsNamedIsRefused) {
  directory_.write("site.fluke.hcl.json", "{}");
  EXPECT_EQ(read_here({"site.fluke.hcl.json"}),
            "# cannot-read-manifest\n"
            "error: cannot read \"site.fluke.hcl.json\"\n"
            "  = JSON syntax is not read; write it in native syntax, in a file whose name ends in "
            "\".fluke.hcl\"\n");
  directory_.write("site.fluke.hcl", "locals {}");
  EXPECT_EQ(read_here({"site.fluke.hcl"}), "site.fluke.hcl in .: locals {}\n");
}

TEST_F(Read, JsonInADirectoryIsToldAndLeftOut) {
  directory_.write("sites/a.fluke.hcl", "a");
  directory_.write("sites/b/c.fluke.hcl.json", "{}");
  directory_.write("sites/.hidden.fluke.hcl.json", "{}");
  directory_.write("sites/other.json", "{}");
  EXPECT_EQ(read_here({"sites"}),
            "sites/a.fluke.hcl in sites: a\n"
            "# cannot-read-manifest\n"
            "warning: \"sites/b/c.fluke.hcl.json\" is left out\n"
            "  = JSON syntax is not read; write it in native syntax, in a file whose name ends in "
            "\".fluke.hcl\"\n");
}

TEST_F(Read, ADirectoryOfJsonAloneHasNoManifest) {
  directory_.write("sites/a.fluke.hcl.json", "{}");
  const std::string told = read_here({"sites"});
  EXPECT_NE(told.find("error: no manifest in \"sites\""), std::string::npos) << told;
  EXPECT_NE(told.find("warning: \"sites/a.fluke.hcl.json\" is left out"), std::string::npos)
      << told;
}

TEST_F(Read, ADirectoryThatIsHiddenOrLinkedButNamed) {
  directory_.write(".sites/a.fluke.hcl", "a");
  std::filesystem::create_directory_symlink(".sites", "link");
  EXPECT_EQ(read_here({".sites"}), ".sites/a.fluke.hcl in .sites: a\n");
  EXPECT_EQ(read_here({"link"}), "link/a.fluke.hcl in link: a\n");
}

TEST_F(Read, APipeThatIsNamed) {
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  std::thread writer([] {
    const int descriptor = open("pipe", O_WRONLY | O_CLOEXEC);
    EXPECT_EQ(write(descriptor, "text", 4), 4);
    close(descriptor);
  });
  EXPECT_EQ(read_here({"pipe"}), "pipe in .: text\n");
  writer.join();
}

TEST_F(Read, GoesOnAfterAFailure) {
  directory_.write("a.hcl", "a");
  const ReadResult result = read(std::vector<std::string>{"absent", "a.hcl", "absent-too"});
  EXPECT_EQ(result.sources.size(), 1U);
  EXPECT_EQ(result.diagnostics.size(), 2U);
}

/// Makes what the first word of a case names, and reads the rest as arguments.
std::string read_case(std::string_view input) {
  std::filesystem::create_directory("empty");
  mkfifo("a-pipe", 0600);
  std::filesystem::create_directory("pipes");
  mkfifo("pipes/a.fluke.hcl", 0600);
  std::filesystem::create_directory("dangling");
  std::filesystem::create_symlink("nowhere", "dangling/a.fluke.hcl");
  std::filesystem::create_symlink("loop", "loop");
  const int large = open("large.hcl", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  EXPECT_EQ(ftruncate(large, (off_t{1} << 30) + 1), 0);
  close(large);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = "socket"};
  EXPECT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  close(listener);
  constexpr std::string_view file_option = "--var-file ";
  std::vector<std::string> arguments;
  std::vector<GivenArgument> given_arguments;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string line(input.substr(0, end));
    if (line.starts_with(file_option)) {
      given_arguments.push_back({.is_file = true, .text = line.substr(file_option.size())});
    } else {
      arguments.push_back(line);
    }
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  const ReadResult result = read(arguments);
  EXPECT_TRUE(result.sources.empty());
  const ReadGivenResult given = read_given(given_arguments);
  EXPECT_TRUE(given.given.empty());
  diagnostic::Diagnostics diagnostics = result.diagnostics;
  diagnostics.insert(diagnostics.end(), given.diagnostics.begin(), given.diagnostics.end());
  return support::render_with_kinds(diagnostics);
}

TEST_F(Read, WhatCannotBeRead) {
  support::check_golden("manifest/read.txt", [](std::string_view input) {
    const support::TemporaryDirectory directory;
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    std::string text = read_case(input);
    std::filesystem::current_path(before);
    return text;
  });
}

TEST_F(Read, WhatMayNotBeRead) {
  if (geteuid() == 0) {
    GTEST_SKIP() << "root may read everything";
  }
  directory_.write("a.hcl", "a");
  directory_.write("sites/closed/a.fluke.hcl", "a");
  std::filesystem::permissions("a.hcl", std::filesystem::perms::none);
  std::filesystem::permissions("sites/closed", std::filesystem::perms::none);
  EXPECT_EQ(read_here({"a.hcl", "sites"}), R"(# cannot-read-manifest
error: cannot read "a.hcl"
  = Permission denied; let the user that runs fluke read it

# cannot-read-manifest
error: cannot read "sites/closed"
  = Permission denied; let the user that runs fluke read it
)");
  std::filesystem::permissions("sites/closed", std::filesystem::perms::owner_all);
}

TEST_F(Read, BeyondTheLimitOnOpenFiles) {
  directory_.write("a.hcl", "a");
  rlimit before = {};
  getrlimit(RLIMIT_NOFILE, &before);
  const int free = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(free);
  const rlimit reached = {.rlim_cur = static_cast<rlim_t>(free), .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &reached);
  const std::string told = read_here({"a.hcl"});
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(told, R"(# cannot-read-manifest
error: cannot read "a.hcl"
  = Too many open files; raise the limit on open files
)");
}

}  // namespace
}  // namespace manifest
