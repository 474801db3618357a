#include "doctor/keys.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "process/cancellation.h"
#include "support/fake_runner.h"
#include "support/temporary_directory.h"

namespace {

namespace fs = std::filesystem;

/// Keys below a directory of their own, looked at in 2026, and a gpg that is never started.
class Keys : public testing::Test {
 protected:
  Keys() {
    directory.write("bin/gpg", "");
    directory.write("bin/ssh-keygen", "");
    for (const char* name : {"bin", "bin/gpg", "bin/ssh-keygen"}) {
      fs::permissions(directory.path() / name, fs::perms::owner_all);
    }
    world.environment.set("PATH", (directory.path() / "bin").string());
  }

  std::string examined(git::Verify::Keys kind, const char* name) {
    using std::chrono::January;
    verify.keys = kind;
    verify.path = directory.path() / name;
    const doctor::Finding finding =
        doctor::examine_keys(verify, "/srv/app", world, std::chrono::seconds(1),
                             std::chrono::sys_days(std::chrono::year(2026) / January / 1));
    std::string text = std::string(doctor::name_of(finding.verdict)) + ": " + finding.message;
    const std::string root = directory.path().string();
    for (std::size_t at; (at = text.find(root)) != std::string::npos;) {
      text.replace(at, root.size(), "ROOT");
    }
    return text;
  }
  std::string examined_signers(const std::string& text) {
    fs::permissions(directory.write("signers", text), fs::perms::owner_read);
    return examined(git::Verify::Keys::allowed_signers, "signers");
  }

  support::TemporaryDirectory directory;
  git::Verify verify;
  process::Cancellation cancellation = *process::Cancellation::create();
  support::FakeRunner runner;
  reconcile::World world{.runner = runner, .cancellation = cancellation, .environment = {}};
};

TEST_F(Keys, OfSshAreToldWithTheNextThatEnds) {
  EXPECT_EQ(examined_signers("# nobody\n\na@x ssh-ed25519 AAAA\nb@x ssh-ed25519 BBBB\n"),
            "ok: \"ROOT/signers\" has 2 keys that are valid");
  EXPECT_EQ(
      examined_signers("a@x valid-before=\"20990101\" ssh-ed25519 AAAA\n"
                       "b@x valid-after=\"20200101\",valid-before=\"20260115Z\" ssh-ed25519 B\n"
                       "c@x valid-before=\"20200101\" ssh-ed25519 CCCC\n"),
      "warn: \"ROOT/signers\" has 2 keys that are valid, that of \"b@x\" until 2026-01-15; "
      "renew it before then");
  EXPECT_EQ(examined_signers("c@x valid-before=\"20200101\" ssh-ed25519 CCCC\n"),
            "fail: no key in \"ROOT/signers\" is valid, so that nothing can be checked out; add "
            "one");
}

TEST_F(Keys, ThatAreRevokedAreMentionedAndHaveToBeThere) {
  verify.revoked_keys = directory.path() / "revoked";
  EXPECT_EQ(examined_signers("a@x ssh-ed25519 AAAA\n"),
            "fail: the file of revoked keys, \"ROOT/revoked\", is not there or cannot be read; "
            "write one, which may be empty");
  fs::permissions(directory.write("revoked", ""), fs::perms::owner_read);
  EXPECT_EQ(examined_signers("a@x ssh-ed25519 AAAA\n"),
            "ok: \"ROOT/signers\" has 1 key that is valid; those in \"ROOT/revoked\" do not count");
}

TEST_F(Keys, OfOpenPgpAreAskedOfGpg) {
  fs::create_directory(directory.path() / "gnupg");
  fs::permissions(directory.path() / "gnupg", fs::perms::owner_all);
  runner.answer("--list-keys",
                {.ending = process::Exited{0},
                 .output = "tru::1:1795958989:0:3:1:5\n"
                           "pub:r:256:22:AA:1577836800:::u:::scSC:::::ed25519:::0:\n"
                           "fpr:::::::::AAAA:\n"
                           "uid:r::::1577836800::HASH::Rex <rex@x>::::::::::0:\n"
                           "pub:u:256:22:BB:1577836800:1893456000::u:::scSC:::::ed25519:::0:\n"
                           "uid:u::::1577836800::HASH::Bob <bob@x>::::::::::0:\n"});
  EXPECT_EQ(examined(git::Verify::Keys::gnupg_home, "gnupg"),
            "ok: \"ROOT/gnupg\" has 1 key that is valid, that of \"Bob <bob@x>\" until 2030-01-01");
  runner.answer("--list-keys", {.ending = process::Exited{2}});
  EXPECT_EQ(examined(git::Verify::Keys::gnupg_home, "gnupg"),
            "fail: gpg --list-keys in \"ROOT/gnupg\" exited with status 2");
}

TEST_F(Keys, OfSshNeedAGitThatKnowsThem) {
  world.programs = {{"git", "/usr/bin/git"}};
  runner.answer("version", {.ending = process::Exited{0}, .output = "git version 2.34.0\n"});
  EXPECT_EQ(examined_signers("a@x ssh-ed25519 AAAA\n"),
            "ok: \"ROOT/signers\" has 1 key that is valid");
  runner.answer("version", {.ending = process::Exited{0}, .output = "git version 2.33.8\n"});
  EXPECT_EQ(examined_signers("a@x ssh-ed25519 AAAA\n"),
            "fail: git 2.33.8 knows no signatures of SSH keys (allowed_signers); install 2.34 or "
            "newer, or name one with --git");
}

TEST_F(Keys, NeedAProgram) {
  fs::remove(directory.path() / "bin/ssh-keygen");
  EXPECT_EQ(examined_signers("a@x ssh-ed25519 AAAA\n"),
            "fail: ssh-keygen was not found on PATH, and verifies signatures; install "
            "openssh-client");
}

}  // namespace
