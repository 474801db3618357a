// What an operator sees of a checkout that has to be signed.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "e2e/host.h"

namespace {

using Json = nlohmann::json;

/// A host whose repository is signed by an SSH key that its list names.
struct Verify : testing::Test {
  Verify() {
    host.run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "alice", "-f", "alice"});
    host.write("keys/allowed_signers", "alice@example.org " + host.read("alice.pub"));
    std::filesystem::permissions(host.root() / "keys", std::filesystem::perms::owner_all);
    sign(true);
    host.repository_with_tasks("app.git", "[tasks]\ncheck = 'true'\napply = 'true'\n");
    host.write("site.hcl",
               "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url = \"" +
                   (host.root() / "app.git").string() +
                   "\"\n    verify {\n      allowed_signers = \"keys/allowed_signers\"\n    }\n"
                   "  }\n}\n");
  }

  /// Whether who commits from now on signs.
  void sign(bool signs) {
    host.write("home/.gitconfig", std::string("[commit]\n\tgpgSign = ") +
                                      (signs ? "true" : "false") +
                                      "\n[gpg]\n\tformat = ssh\n[user]\n\tsigningKey = " +
                                      (host.root() / "alice").string() + '\n');
  }

  [[nodiscard]] Json git_in(const support::Ran& ran) const {
    return Json::parse(ran.out).at("resources").at(0).at("git");
  }

  e2e::Host host;
};

TEST_F(Verify, NamesTheSigner) {
  EXPECT_EQ(host.normalised(host.fluke({"run", "site.hcl"}).out),
            "deploy  satisfied  git cloned <commit>, signed by alice@example.org  check <time>\n"
            "1 resource: 1 satisfied in <time>\n");
  for (const char* word : {"run", "check"}) {
    const Json signer = git_in(host.fluke({word, "--format", "json", "site.hcl"})).at("signer");
    EXPECT_EQ(signer.at("principal"), "alice@example.org");
    EXPECT_EQ(signer.at("fingerprint").get<std::string>().substr(0, 7), "SHA256:");
  }
  EXPECT_NE(
      host.fluke({"run", "-v", "site.hcl"}).err.find("is signed by alice@example.org (SHA256:"),
      std::string::npos);
}

TEST_F(Verify, KeepsAHostAtTheLastCommitThatHeld) {
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  sign(false);
  host.commit("app.git", ".mise.toml", "[tasks]\ncheck = 'touch ../evil'\napply = 'true'\n");
  for (const char* word : {"run", "check"}) {
    const support::Ran ran = host.fluke({word, "site.hcl"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(host.normalised(ran.out),
              "deploy  failed     sync: commit <commit>, \"Change .mise.toml\" by \"Test "
              "<test@example.com>\", is refused: it is not signed; sign it, or put a signed commit "
              "on top\n1 resource: 1 failed in <time>\n");
    const Json git = git_in(host.fluke({word, "--format", "json", "site.hcl"}));
    EXPECT_EQ(git.at("signer"), Json());
  }
  EXPECT_FALSE(host.exists("evil"));
  EXPECT_EQ(host.read("app/.mise.toml"), "[tasks]\ncheck = 'true'\napply = 'true'\n");
  sign(true);
  host.commit("app.git", ".mise.toml", "[tasks]\ncheck = 'true'\napply = 'true'\n# mended\n");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
}

TEST_F(Verify, HasDoctorLookAtTheKeys) {
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  const auto keys = [&] {
    const support::Ran ran = host.fluke({"doctor", "--format", "json", "site.hcl"});
    const Json document = Json::parse(ran.out);
    for (const Json& finding : document.at("findings")) {
      if (finding.at("subject") == "keys") {
        return host.normalised(finding.at("verdict").get<std::string>() + ": " +
                               finding.at("message").get<std::string>());
      }
    }
    return std::string("none");
  };
  EXPECT_EQ(keys(), "ok: \"<root>/keys/allowed_signers\" has 1 key that is valid");
  const std::string key = host.read("alice.pub");
  host.write("keys/allowed_signers", "alice@example.org valid-before=\"20991231\" " + key);
  EXPECT_EQ(keys(),
            "ok: \"<root>/keys/allowed_signers\" has 1 key that is valid, that of "
            "\"alice@example.org\" until 2099-12-31");
  host.write("keys/allowed_signers", "alice@example.org valid-before=\"20200101\" " + key);
  EXPECT_EQ(keys(),
            "fail: no key in \"<root>/keys/allowed_signers\" is valid, so that nothing can be "
            "checked out; add one");
  std::filesystem::remove(host.root() / "keys/allowed_signers");
  EXPECT_EQ(keys(),
            "fail: there is no file \"<root>/keys/allowed_signers\" with the keys that vouch for "
            "\"<root>/app\"; write one as ssh-keygen(1) has it under ALLOWED SIGNERS");
}

TEST_F(Verify, LetsNoRunGoOnWithAnIncludeThatNobodyVouchesForAnyMore) {
  host.commit(
      "app.git", "site.fluke.hcl",
      "mise \"tasks\" {\n  working_dir = \"" + (host.root() / "tasks").string() + "\"\n}\n");
  host.directory_with_tasks("tasks", "[tasks]\ncheck = 'touch ../ran'\napply = 'true'\n");
  host.write("host.hcl",
             "include \"infra\" {\n  working_dir = \"infra\"\n  git {\n    url = \"" +
                 (host.root() / "app.git").string() +
                 "\"\n    verify {\n      allowed_signers = \"keys/allowed_signers\"\n    }\n"
                 "  }\n}\n");
  EXPECT_EQ(host.fluke({"run", "host.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("ran"));
  std::filesystem::remove(host.root() / "ran");
  // With the forge down, the commit that is there still holds.
  std::filesystem::rename(host.root() / "app.git", host.root() / "away.git");
  EXPECT_EQ(host.fluke({"run", "host.hcl"}).status, 1);
  EXPECT_TRUE(host.exists("ran"));
  std::filesystem::remove(host.root() / "ran");
  host.write("keys/allowed_signers", "");
  EXPECT_NE(host.fluke({"run", "host.hcl"}).status, 0);
  EXPECT_FALSE(host.exists("ran"));
}

TEST_F(Verify, TriesAgainWhereTheRemoteDoesNotAnswer) {
  host.write("site.hcl",
             "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url = "
             "\"http://localhost:1/app.git\"\n  }\n}\n");
  const support::Ran ran = host.fluke({"run", "--retry", "1", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  failed     sync: cannot read from \"http://localhost:1/app.git\": git clone "
            "exited with status 128, tried 2 times in <time>\n1 resource: 1 failed in <time>\n");
  EXPECT_EQ(host.fluke({"run", "--retry", "often", "site.hcl"}).status, 64);
}

}  // namespace
