// The first minutes: `fluke init` in directories of all kinds, and what it says to do next.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "e2e/host.h"
#include "support/http_remote.h"

namespace {

using e2e::Host;

constexpr std::string_view guessable_tasks = R"(
[tasks.status]
run = "test -f done"

[tasks.deploy]
run = "touch done"
)";

TEST(Init, WritesAManifestThatRuns) {
  const Host host;
  host.directory_with_tasks("app", e2e::converging_tasks);
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out,
            "wrote app/app.fluke.hcl\n"
            "check: the task \"check\"\n"
            "apply: the task \"apply\"\n"
            "next:\n"
            "  fluke check app/app.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run app/app.fluke.hcl  # does it\n");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.fluke({"check", "app/app.fluke.hcl"}).status, 2);
  EXPECT_EQ(host.fluke({"run", "app/app.fluke.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Init, SaysWhichTasksItGuessed) {
  const Host host;
  host.directory_with_tasks("app", guessable_tasks);
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.out.substr(0, ran.out.find("next:")),
            "wrote app/app.fluke.hcl\n"
            "check: the task \"status\", guessed by its name\n"
            "apply: the task \"deploy\", guessed by its name\n");
  EXPECT_EQ(host.fluke({"run", "app"}).status, 0);
  EXPECT_TRUE(host.exists("app/done"));
}

TEST(Init, NeverOverwrites) {
  const Host host;
  host.write("app/app.fluke.hcl", "# mine\n");
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "fluke: \"app/app.fluke.hcl\" already exists and was left unchanged\n");
  EXPECT_EQ(host.read("app/app.fluke.hcl"), "# mine\n");
}

TEST(Init, PutsTheRemoteInAsACommentWithoutItsPassword) {
  const Host host;
  host.repository_with_tasks("app.git", e2e::converging_tasks);
  host.run({"git", "clone", "--quiet", "app.git", "app"});
  host.run({"git", "remote", "set-url", "origin", "https://me:secret@example.org/app.git"}, "app");
  EXPECT_EQ(host.fluke({"init", "app"}).status, 0);
  const std::string manifest = host.read("app/app.fluke.hcl");
  EXPECT_NE(manifest.find("  #   url    = \"https://me:***@example.org/app.git\"\n"
                          "  #   branch = \"main\"\n"),
            std::string::npos)
      << manifest;
  EXPECT_EQ(host.fluke({"validate", "app"}).status, 0);
}

TEST(Init, SaysWhatToAddWhereThereAreNoTasks) {
  const Host host;
  host.write("app/notes.txt", "");
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out,
            "wrote app/app.fluke.hcl\n"
            "check: no task yet; add [tasks.check] to .mise.toml\n"
            "apply: no task yet; add [tasks.apply] to .mise.toml\n"
            "next:\n"
            "  fluke init --tasks app  # writes the tasks that are missing\n"
            "  fluke check app/app.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run app/app.fluke.hcl  # does it\n");
}

TEST(Init, OffersOtherTypesWhereThereAreNoTasks) {
  const Host host;
  EXPECT_EQ(host.fluke({"init", "app"}).status, 0);
  const std::string text = host.read("app/app.fluke.hcl");
  const std::size_t offer = text.find("# shell ");
  ASSERT_NE(offer, std::string::npos);
  host.write("site.hcl", std::regex_replace(text.substr(offer), std::regex("(^|\n)# "), "$1"));
  EXPECT_EQ(host.fluke({"list", "site.hcl"}).out, "motd\napp\n");
}

TEST(Init, WritesTheTasksThatItOffered) {
  const Host host;
  EXPECT_EQ(host.fluke({"init", "app"}).status, 0);
  const support::Ran ran = host.fluke({"init", "--tasks", "app"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "fluke: \"app/app.fluke.hcl\" already exists and was left unchanged\n");
  EXPECT_EQ(ran.out,
            "wrote app/.mise.toml\n"
            "check: the task \"check\"\n"
            "apply: the task \"apply\"\n"
            "next:\n"
            "  ${EDITOR:-vi} app/.mise.toml  # write your commands in it\n"
            "  fluke check app/app.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run app/app.fluke.hcl  # does it\n");
  const support::Ran checked = host.fluke({"check", "app/app.fluke.hcl"});
  EXPECT_EQ(checked.status, 2);
  EXPECT_NE(checked.err.find("app: no check yet: write it in .mise.toml\n"), std::string::npos)
      << checked.err;
  EXPECT_EQ(host.fluke({"run", "app/app.fluke.hcl"}).status, 1);
}

TEST(Init, WritesOnlyTheTaskThatIsMissing) {
  const Host host;
  host.write("app/mise.toml", "[tasks.check]\nrun = 'true'\n");
  EXPECT_EQ(host.fluke({"init", "--tasks", "app"}).status, 0);
  EXPECT_EQ(host.read("app/.mise.toml").find("[tasks.check]"), std::string::npos);
  EXPECT_EQ(host.fluke({"run", "app"}).status, 0);
}

TEST(Init, DoesNotAddTasksToAFileThatExists) {
  const Host host;
  host.write("app/.mise.toml", "[tasks.build]\nrun = 'true'\n");
  const support::Ran ran = host.fluke({"init", "--tasks", "app"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(
      ran.err,
      "fluke: \"app/.mise.toml\" already exists and was left unchanged; write [tasks.check] and "
      "[tasks.apply] in it\n");
}

TEST(Init, MakesTheDirectory) {
  const Host host;
  const support::Ran ran = host.fluke({"init", "opt/site"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.out.starts_with("wrote opt/site/site.fluke.hcl\n")) << ran.out;
  EXPECT_TRUE(host.exists("opt/site/site.fluke.hcl"));
}

TEST(Init, GoesOnWhereMiseCannotReadItsConfiguration) {
  const Host host;
  host.write("app/.mise.toml", "[tasks");
  const support::Ran ran = host.fluke({"init", "app"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.err.starts_with("fluke: mise cannot read the configuration here: ")) << ran.err;
  EXPECT_TRUE(host.exists("app/app.fluke.hcl"));
}

TEST(Init, RefusesWhatIsNoDirectory) {
  const Host host;
  host.write("file", "");
  const support::Ran ran = host.fluke({"init", "file"});
  EXPECT_EQ(ran.status, 73);
  EXPECT_EQ(ran.err, "fluke: cannot create the directory \"file\": Not a directory\n");
}

TEST(Init, TakesOneDirectory) {
  const Host host;
  const support::Ran ran = host.fluke({"init", "a", "b"});
  EXPECT_EQ(ran.status, 64);
  EXPECT_EQ(ran.err, "fluke: fluke init takes one directory\n");
}

TEST(Init, MakesAToyThatWorks) {
  const Host host;
  const support::Ran ran = host.fluke({"init", "--example"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "wrote fluke-example/hello.fluke.hcl\n"
            "wrote fluke-example/site/.mise.toml\n"
            "next:\n"
            "  fluke check fluke-example/hello.fluke.hcl  # shows what is to be done, and changes "
            "nothing\n"
            "  fluke run fluke-example/hello.fluke.hcl  # does it\n");
  EXPECT_EQ(host.fluke({"check", "fluke-example"}).status, 2);
  const support::Ran first = host.fluke({"run", "fluke-example"});
  EXPECT_EQ(first.status, 0) << first.out << first.err;
  EXPECT_TRUE(host.normalised(first.out).find("2 resources: 2 applied") != std::string::npos);
  EXPECT_EQ(host.read("fluke-example/site/index.txt"), "hello\n");
  const support::Ran second = host.fluke({"run", "fluke-example"});
  EXPECT_TRUE(second.out.find("2 resources: 2 satisfied") != std::string::npos) << second.out;
  EXPECT_EQ(host.fluke({"fmt", "--check", "fluke-example"}).status, 0);
}

TEST(Init, LeavesAnExampleThatExistsAlone) {
  const Host host;
  EXPECT_EQ(host.fluke({"init", "--example", "toy"}).status, 0);
  const support::Ran again = host.fluke({"init", "--example", "toy"});
  EXPECT_EQ(again.status, 73);
  EXPECT_EQ(again.err, "fluke: \"toy/hello.fluke.hcl\" already exists and was left unchanged\n");
}

/// Has the repository infra.git, and a key that vouches for it.
struct Gitops : testing::Test {
  Gitops() {
    host.repository_with_tasks("infra.git", e2e::converging_tasks);
    host.commit("infra.git", "site.fluke.hcl", "mise \"site\" {\n  working_dir = \".\"\n}\n");
    host.write("signers", "# ops\nops@example.org ssh-ed25519 AAAA\n");
    url = (host.root() / "infra.git").string();
  }

  [[nodiscard]] support::Ran init(std::vector<std::string> more) const {
    more.insert(more.begin(), "init");
    more.emplace_back("etc");
    return host.fluke(more);
  }

  Host host;
  std::string url;
};

TEST_F(Gitops, BeginsWithOneManifestThatNamesTheRepository) {
  const support::Ran ran = init({"--from", url, "--allowed-signers", "signers"});
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(host.normalised(ran.out),
            "wrote etc/host.fluke.hcl\n"
            "\"<root>/infra.git\" has the branch \"main\"\n"
            "next:\n"
            "  fluke check etc/host.fluke.hcl  # shows what is to be done, and changes nothing\n"
            "  fluke run etc/host.fluke.hcl  # does it\n");
  EXPECT_EQ(ran.status, 0);
  const std::string manifest = host.normalised(host.read("etc/host.fluke.hcl"));
  EXPECT_NE(manifest.find("    url    = \"<root>/infra.git\"\n    branch = \"main\"\n"),
            std::string::npos)
      << manifest;
  EXPECT_NE(manifest.find("      allowed_signers = \"<root>/signers\"\n"), std::string::npos)
      << manifest;
  EXPECT_EQ(init({"--from", url}).status, 73);
}

TEST_F(Gitops, WritesNothingBeforeTheRemoteHasAnswered) {
  support::Ran ran = init({"--from", url + "x"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("infra.gitx"), std::string::npos) << ran.err;
  ran = init({"--from", url, "--branch", "mian"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("mian"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("main"), std::string::npos) << ran.err;
  ran = init({"--from", url, "--tag", "v1"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("v1"), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("etc"));
}

TEST_F(Gitops, WritesNothingWithKeysThatCannotVouch) {
  support::Ran ran = init({"--from", url, "--allowed-signers", "nowhere"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(ran.err,
            "fluke: the allowed signers file \"nowhere\" cannot be read: No such file or "
            "directory\n");
  host.write("signers", "# nobody yet\n");
  ran = init({"--from", url, "--allowed-signers", "signers"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(ran.err,
            "fluke: the allowed signers file \"signers\" holds no key; a line is \"PRINCIPAL TYPE "
            "KEY\", see ssh-keygen(1)\n");
  host.write("signers", "ops ssh-ed25519 AAAA\n");
  std::filesystem::permissions(host.root() / "signers", std::filesystem::perms(0666));
  ran = init({"--from", url, "--allowed-signers", "signers"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_NE(ran.err.find("can be changed by others: "), std::string::npos) << ran.err;
  EXPECT_FALSE(host.exists("etc"));
}

TEST_F(Gitops, KeepsThePasswordOfAUrlToItself) {
  const support::HttpRemote remote(host.root());
  const support::Ran ran =
      init({"--from", "http://ann:s3cret-word@" + remote.place() + "/infra.git"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ((ran.out + ran.err).find("s3cret-word"), std::string::npos) << ran.out << ran.err;
  EXPECT_NE(host.read("etc/host.fluke.hcl").find("s3cret-word"), std::string::npos);
  EXPECT_EQ(std::filesystem::status(host.root() / "etc/host.fluke.hcl").permissions(),
            std::filesystem::perms(0600));
}

TEST_F(Gitops, PutsTheFilesOfAUserWhereTheUserHasThem) {
  const auto program = host.as_ordinary_user(host.fluke_program({"init", "--from", url}));
  if (!program) {
    GTEST_SKIP() << "needs a user who can reach fluke and mise";
  }
  const support::Ran ran = support::run(*program);
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(host.normalised(host.read("home/.config/fluke/host.fluke.hcl"))
                .find("working_dir = \"<root>/home/.local/state/fluke/infra\""),
            std::string::npos)
      << ran.out;
}

TEST_F(Gitops, IsWhatTheReadmeAndTheUserDataForCloudInitDo) {
  const std::filesystem::path root = std::filesystem::path(FLUKE_TEST_DIR).parent_path();
  const std::regex in_shell("\nfluke init (.*)\n");
  const std::regex in_yaml("\n  - \\[fluke, init, (.*)\\]\n");
  for (const auto& [file, line] :
       {std::pair("README.md", in_shell), std::pair("man/examples/cloud-init.yaml", in_yaml)}) {
    const std::string text = support::read_file(root / file);
    std::smatch found;
    ASSERT_TRUE(std::regex_search(text, found, line)) << file;
    std::istringstream words(std::regex_replace(found.str(1), std::regex("[\",]"), ""));
    std::vector<std::string> options;
    for (std::string word; words >> word;) {
      const bool is_url = word.starts_with("https://");
      options.push_back(is_url ? url : word.starts_with("/etc/fluke/") ? "signers" : word);
    }
    std::filesystem::remove_all(host.root() / "etc");
    EXPECT_EQ(options.size(), 4U);
    EXPECT_EQ(init(options).status, 0) << file;
  }
}

TEST_F(Gitops, RefusesOptionsThatDoNotGoTogether) {
  const struct {
    std::vector<std::string> options;
    const char* message;
  } cases[] = {
      {{"--from", "-x"}, "--from names no repository: "},
      {{"--from", "a", "--tasks"}, "--from and --tasks exclude each other\n"},
      {{"--from", "a", "--example"}, "--from and --example exclude each other\n"},
      {{"--from", "a", "--branch", "b", "--tag", "t"}, "--branch and --tag exclude each other\n"},
      {{"--from", "a", "--branch", "a..b"}, "--branch is \"a..b\": "},
      {{"--from", "a", "--tag", "a..b"}, "--tag is \"a..b\": "},
      {{"--branch", "b"}, "--branch belongs to --from, which is missing\n"},
      {{"--tag", "t"}, "--tag belongs to --from, which is missing\n"},
      {{"--allowed-signers", "f"}, "--allowed-signers belongs to --from, which is missing\n"}};
  for (const auto& [options, message] : cases) {
    const support::Ran ran = init(options);
    EXPECT_EQ(ran.status, 64);
    EXPECT_TRUE(ran.err.starts_with(std::string("fluke: ") + message)) << ran.err;
  }
}

}  // namespace
