// The functions that look at the host, on a directory made for the purpose.
#include "hcl/functions/host.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "calling.h"
#include "hcl/functions/functions.h"
#include "hcl/value/json.h"
#include "support/temporary_directory.h"

namespace {

namespace fs = std::filesystem;

std::optional<std::string> environment(std::string_view name) {
  if (name == "HOME") {
    return "/home/me";
  }
  if (name == "EMPTY") {
    return "";
  }
  return name == "BYTES" ? std::optional<std::string>("a\xff") : std::nullopt;
}

/// Shows what a template is rendered with.
hcl::FunctionResult render(const std::string& path, const std::string& text,
                           const hcl::Members& variables) {
  return hcl::Value::string(
      fmt::format("{}: {} {}", path, text, to_json(hcl::Value::object(variables))));
}

struct Row {
  std::string call;
  std::string result;
};

class HostFunctions : public testing::Test {
 protected:
  HostFunctions()
      : functions_(hcl::host_functions(
            {.directory = directory_.path(), .environment = environment, .render = render})) {}

  void write(const fs::path& name, std::string_view text) { directory_.write(name, text); }

  /// "DIR" in a call or a result stands for the directory.
  void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      EXPECT_EQ(calling::called(with_directory(row.call), functions_), with_directory(row.result))
          << row.call;
    }
  }

  [[nodiscard]] std::string with_directory(std::string text) const {
    for (std::size_t at = text.find("DIR"); at != std::string::npos; at = text.find("DIR", at)) {
      text.replace(at, 3, directory_.path().string());
    }
    return text;
  }

  support::TemporaryDirectory directory_;
  hcl::Functions functions_;
};

TEST_F(HostFunctions, SayWhyTheyFailWithoutWhatIsSensitive) {
  functions_["sensitive"] = hcl::standard_functions().at("sensitive");
  check(
      {{R"(env(sensitive("UNSET")))",
        "error: the environment variable (sensitive) is not set; set it, or give a default: "
        R"(env((sensitive), "..."))"},
       {R"(file(sensitive("nosuch")))", "error: (sensitive): No such file or directory"},
       {R"(fileexists(sensitive(".")))", "error: (sensitive): this is a directory, not a file"},
       {R"(fileset(".", sensitive("[")))",
        "error: (sensitive) is not a pattern: a bracket or brace is not closed, a class is empty, "
        "or a backslash has nothing behind it"},
       {R"(pathexpand(sensitive("~bob/x")))",
        "error: (sensitive) is the home of another user: only ~ and ~/... are understood"},
       {R"(templatefile("nosuch", { t = sensitive("x") }))",
        R"(error: "DIR/nosuch": No such file or directory)"}});
}

TEST_F(HostFunctions, Env) {
  check({{R"(env("HOME"))", R"("/home/me")"},
         {R"(env("EMPTY", "x"))", R"("")"},
         {R"(env("UNSET", "x"))", R"("x")"},
         {R"(env("UNSET", null))", "null"},
         {R"(env("UNSET", [1]))", "[1]"},
         {R"(env("UNSET"))",
          R"(error: the environment variable "UNSET" is not set; set it, or give a default: )"
          R"(env("UNSET", "..."))"},
         {R"(env("BYTES"))",
          R"(error: the environment variable "BYTES" holds bytes that are not UTF-8)"}});
}

TEST_F(HostFunctions, Hostname) {
  std::array<char, 256> name{};
  ASSERT_EQ(gethostname(name.data(), name.size() - 1), 0);
  check({{"hostname()", fmt::format("\"{}\"", name.data())}});
}

TEST_F(HostFunctions, Paths) {
  check({{R"(abspath("a/../b"))", R"("DIR/b")"},
         {R"(abspath(""))", R"("DIR")"},
         {R"(abspath("/a/./b/"))", R"("/a/b")"},
         {R"(abspath("~/a"))", R"("DIR/~/a")"},
         {R"(pathexpand("~"))", R"("/home/me")"},
         {R"(pathexpand("~/.ssh/id"))", R"("/home/me/.ssh/id")"},
         {R"(pathexpand("~/../you/"))", R"("/home/you")"},
         {R"(pathexpand("/a/~"))", R"("/a/~")"},
         {R"(pathexpand("a//b"))", R"("a//b")"},
         {R"(pathexpand("~you/x"))",
          R"(error: "~you" is the home of another user: only ~ and ~/... are understood)"}});
}

TEST_F(HostFunctions, AHomeMustBeSet) {
  functions_ = hcl::host_functions(
      {.directory = "/",
       .environment = [](std::string_view) { return std::optional<std::string>(); },
       .render = render});
  check({{R"(pathexpand("~"))",
          "error: ~ stands for HOME, and that environment variable is not set"}});
}

TEST_F(HostFunctions, FileGivesTheTextOfAFile) {
  write("sub/a.txt", "héllo\n");
  write("empty", "");
  check({{R"(file("sub/a.txt"))", R"("héllo\n")"},
         {R"(file("DIR/sub/../sub/a.txt"))", R"("héllo\n")"},
         {R"(file("empty"))", R"("")"}});
}

TEST_F(HostFunctions, FileSaysWhatIsWrong) {
  write("bytes", "ab\xff");
  write("sub/a.txt", "");
  fs::create_symlink("loop", directory_.path() / "loop");
  ASSERT_EQ(mkfifo((directory_.path() / "pipe").c_str(), 0600), 0);
  check({{R"(file("nope"))", R"(error: "DIR/nope": No such file or directory)"},
         {R"(file("sub"))", R"(error: "DIR/sub": this is a directory, not a file)"},
         {R"(file("sub/a.txt/b"))", R"(error: "DIR/sub/a.txt/b": Not a directory)"},
         {R"(file("loop"))", R"(error: "DIR/loop": Too many levels of symbolic links)"},
         {R"(file("pipe"))", R"(error: "DIR/pipe": this is a pipe, not a file)"},
         {R"(file("/dev/zero"))", R"(error: "/dev/zero": this is a device, not a file)"},
         {R"(file("bytes"))", R"(error: "DIR/bytes": the file is not UTF-8 text: see byte 2)"},
         {R"(file("~you"))",
          R"(error: "~you" is the home of another user: only ~ and ~/... are understood)"}});
}

TEST_F(HostFunctions, FileReadsNoMoreThanAValueHolds) {
  write("large", "x");
  fs::resize_file(directory_.path() / "large", 1'000'000'000'000);
  check(
      {{R"(file("large"))",
        R"(error: "DIR/large": the file holds more than 15999984 bytes, the most that a value can)"}});
}

TEST_F(HostFunctions, FileThatMayNotBeRead) {
  if (geteuid() == 0) {
    GTEST_SKIP() << "root may read everything";
  }
  write("secret", "x");
  fs::permissions(directory_.path() / "secret", fs::perms::none);
  check({{R"(file("secret"))", R"(error: "DIR/secret": Permission denied)"}});
}

TEST_F(HostFunctions, Fileexists) {
  write("a.txt", "");
  fs::create_symlink("a.txt", directory_.path() / "link");
  fs::create_symlink("nowhere", directory_.path() / "broken");
  fs::create_symlink("loop", directory_.path() / "loop");
  check({{R"(fileexists("a.txt"))", "true"},
         {R"(fileexists("link"))", "true"},
         {R"(fileexists("broken"))", "false"},
         {R"(fileexists("nope"))", "false"},
         {R"(fileexists("a.txt/b"))", "false"},
         {R"(fileexists("."))", R"(error: "DIR": this is a directory, not a file)"},
         {R"(fileexists("/dev/null"))", R"(error: "/dev/null": this is a device, not a file)"},
         {R"(fileexists("loop"))", R"(error: "DIR/loop": Too many levels of symbolic links)"}});
}

TEST_F(HostFunctions, Templatefile) {
  write("a.tmpl", "Hi ${name}");
  check({{R"(templatefile("a.tmpl", { name = "you" }))",
          R"("a.tmpl: Hi $${name} {\"name\":\"you\"}")"},
         {R"(templatefile("a.tmpl", {}))", R"("a.tmpl: Hi $${name} {}")"},
         {R"(templatefile("nope", {}))", R"(error: "DIR/nope": No such file or directory)"},
         {R"(templatefile("a.tmpl", []))",
          "error: a map or object of variables is needed, not a tuple"}});
}

// The results are Terraform's for the same tree.

TEST_F(HostFunctions, FilesetFindsFilesByPattern) {
  for (const char* name : {"a/b/x.txt", "a/y.txt", "c/z.txt", "c/d/w.yml", "c/d/e/v.yaml",
                           ".hid/h.txt", ".dot", "we]ird[1].txt", "é.txt", "top.txt"}) {
    write(name, "");
  }
  fs::create_symlink("../top.txt", directory_.path() / "a/link.txt");
  fs::create_symlink("../c", directory_.path() / "a/clink");
  check({
      {R"(fileset(".", "*.txt"))", R"(["top.txt", "we]ird[1].txt", "é.txt"])"},
      {R"(fileset("DIR", "*"))", R"([".dot", "top.txt", "we]ird[1].txt", "é.txt"])"},
      {R"(fileset(".", "**"))",
       R"([".dot", ".hid/h.txt", "a/b/x.txt", "a/clink/d/e/v.yaml", "a/clink/d/w.yml", )"
       R"("a/clink/z.txt", "a/link.txt", "a/y.txt", "c/d/e/v.yaml", "c/d/w.yml", "c/z.txt", )"
       R"("top.txt", "we]ird[1].txt", "é.txt"])"},
      {R"(fileset("c", "**/*.{yml,yaml}"))", R"(["d/e/v.yaml", "d/w.yml"])"},
      {R"(fileset(".", "**/b/**"))", R"(["a/b/x.txt"])"},
      {R"(fileset(".", "**/**/x.txt"))", R"(["a/b/x.txt"])"},
      {R"(fileset(".", "*/*.{txt,yml}"))", R"([".hid/h.txt", "a/link.txt", "a/y.txt", "c/z.txt"])"},
      {R"(fileset(".", "{a,c}/*.txt"))", R"(["a/link.txt", "a/y.txt", "c/z.txt"])"},
      {R"(fileset(".", "?.txt"))", R"(["é.txt"])"},
      {R"(fileset(".", "we\\]ird\\[1\\].txt"))", R"(["we]ird[1].txt"])"},
      {R"(fileset(".", "[^t]*.txt"))", R"(["we]ird[1].txt", "é.txt"])"},
      {R"(fileset(".", "[!t]*.txt"))", R"(["top.txt"])"},
      {R"(fileset(".", "[a-é].txt"))", R"(["é.txt"])"},
      {R"(fileset(".", "**.txt"))", R"(["top.txt", "we]ird[1].txt", "é.txt"])"},
      {R"(fileset(".", "a/../top.txt"))", R"(["top.txt"])"},
      {R"(fileset("a", "../*.txt"))", R"(["../top.txt", "../we]ird[1].txt", "../é.txt"])"},
      {R"(fileset(".", "top.txt"))", R"(["top.txt"])"},
      {R"(fileset(".", "/top.txt"))", R"(["top.txt"])"},
      {R"(fileset(".", "a/clink/*.txt"))", R"(["a/clink/z.txt"])"},
      {R"(fileset(".", "a}"))", "[]"},
      {R"(fileset(".", ""))", "[]"},
      {R"(fileset(".", "nope/*"))", "[]"},
      {R"(fileset("nope", "*"))", "[]"},
  });
}

TEST_F(HostFunctions, FilesetSaysWhatIsWrong) {
  for (const char* pattern : {"[", "{a", "[]", "\\\\", "a{b/c}", "we[]]", "[z-a]"}) {
    const std::string result =
        calling::called(fmt::format("fileset(\".\", \"{}\")", pattern), functions_);
    EXPECT_NE(result.find(" is not a pattern: a bracket or brace is not closed, a class is empty, "
                          "or a backslash has nothing behind it"),
              std::string::npos)
        << pattern << ": " << result;
  }
}

TEST_F(HostFunctions, FilesetSkipsWhatItCannotName) {
  write("bytes\xff", "");
  write("dir\xff/a", "");
  write("good", "");
  fs::create_symlink("nowhere", directory_.path() / "broken");
  ASSERT_EQ(mkfifo((directory_.path() / "pipe").c_str(), 0600), 0);
  check({{R"(fileset(".", "**"))", R"(["good"])"}, {R"(fileset(".", "*"))", R"(["good"])"}});
}

TEST_F(HostFunctions, FilesetDoesNotGoRoundInCircles) {
  write("a/b/c", "");
  fs::create_symlink(".", directory_.path() / "self");
  fs::create_symlink("../..", directory_.path() / "a/b/up");
  check({{R"(fileset(".", "**"))", R"(["a/b/c"])"}});
}

TEST_F(HostFunctions, FilesetLooksAtSoMuchOnly) {
  constexpr int links = 320;
  for (int i = 0; i < links; ++i) {
    fs::create_directory_symlink(".", directory_.path() / std::to_string(i));
  }
  check(
      {{R"(fileset(".", "*"))", "[]"},
       {R"(fileset(".", "*/x*"))",
        R"(error: there is too much to look at: more than 100000 files and directories in "DIR")"}});
}

}  // namespace
