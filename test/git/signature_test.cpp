// Nothing without a good signature by one of the manifest's keys reaches HEAD, index or work tree,
// with real keys that are made here, and against somebody who has the forge.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "git/checkout.h"
#include "scene.h"
#include "support/http_remote.h"
#include "support/ssh_remote.h"

namespace {

namespace fs = std::filesystem;

/// A scene whose author signs with an SSH key that the manifest's file lists.
struct Signed : Scene {
  Signed() {
    allow("alice");
    allow("expired", "valid-before=\"20200101\"");
    allow("elsewhere", "namespaces=\"file\"");
    sign_as("alice");
  }

  void sh(const std::string& line) {
    const std::string with_time = "TZ=UTC; export TZ; " + line;
    EXPECT_EQ(std::system(with_time.c_str()), 0) << line;
  }

  /// The remote's branch gets this text as its newest commit.
  std::string push_object(const std::string& text) {
    std::ofstream(root() / "object", std::ios::binary) << text;
    std::string name = git(remote, "hash-object -t commit -w " + (root() / "object").native());
    git(remote, "update-ref refs/heads/main " + name);
    return name;
  }

  /// The refusal of a sync, which left everything as it was, behind the name of the commit; a check
  /// says the same.
  std::string reason() {
    const std::string message = refusal();
    const auto compared = inspect();
    EXPECT_FALSE(compared.has_value());
    EXPECT_EQ(compared ? "" : shortened(compared.error().message), message);
    const std::size_t refused = message.find(", is refused: ");
    return hidden(refused == std::string::npos ? message : message.substr(refused + 14));
  }

  /// With fingerprints as KEY.
  std::string hidden(std::string text) const {
    for (std::size_t at; (at = text.find("SHA256:")) != std::string::npos;) {
      text.replace(at, std::min(text.size() - at, std::size_t{50}), "KEY");
    }
    return text;
  }

  git::Synced expect_synced() {
    auto synced = sync();
    EXPECT_TRUE(synced.has_value()) << synced.error().message << '\n' << synced.error().output;
    return synced.value_or(git::Synced());
  }
};

TEST(Signature, ThatIsGoodNamesItsSigner) {
  Signed scene;
  scene.clone();
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  const auto compared = scene.inspect();
  ASSERT_TRUE(compared.has_value()) << compared.error().message;
  ASSERT_TRUE(compared->signer.has_value());
  EXPECT_EQ(compared->signer->principal, "alice@example.org");
  for (const git::Action action : {git::Action::fast_forwarded, git::Action::up_to_date}) {
    const git::Synced synced = scene.expect_synced();
    EXPECT_EQ(synced.action, action);
    EXPECT_EQ(synced.after, commit);
    ASSERT_TRUE(synced.signer.has_value());
    EXPECT_EQ(synced.signer->principal, "alice@example.org");
    EXPECT_EQ(synced.signer->fingerprint.substr(0, 7), "SHA256:");
    EXPECT_EQ(synced.signer->fingerprint.size(), 50U);
  }
  EXPECT_EQ(scene.in_checkout("status --porcelain --branch"), "## main...origin/main");
}

TEST(Signature, ThatIsMissingOnTopKeepsTheCheckoutWhereItIs) {
  Signed scene;
  scene.clone();
  scene.sign_nothing();
  const std::string commit = scene.push({{"app.txt", "evil\n"}});
  EXPECT_EQ(scene.refusal(), "commit " + commit.substr(0, 7) +
                                 ", \"Change\" by \"Author <author@example.org>\", is refused: it "
                                 "is not signed; sign it, or put a signed commit on top");
  EXPECT_EQ(scene.reason(), "it is not signed; sign it, or put a signed commit on top");
  EXPECT_EQ(scene.read("app.txt"), "one\n");
  scene.in_author("config commit.gpgSign true");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.expect_synced().signer->principal, "alice@example.org");
}

TEST(Signature, ThatWasStrippedIsMissing) {
  Signed scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  scene.in_author("commit -q --amend --no-edit --no-gpg-sign");
  scene.in_author("push -q --force origin HEAD");
  EXPECT_EQ(scene.reason(), "it is not signed; sign it, or put a signed commit on top");
}

TEST(Signature, ByAnUnknownKeyIsRefused) {
  Signed scene;
  scene.clone();
  scene.sign_as("mallory");
  scene.push({{"app.txt", "evil\n"}});
  EXPECT_EQ(scene.reason(),
            "it is signed by a key that \"ROOT/keys/allowed_signers\" does not "
            "list, KEY; if that counts, list it there");
}

TEST(Signature, ByAKeyThatIsNotValidIsRefused) {
  Signed scene;
  scene.clone();
  scene.sign_as("expired");
  scene.environment.set("GIT_COMMITTER_DATE", "2026-01-02T03:04:05Z");
  scene.push({{"app.txt", "evil\n"}});
  const std::string reason = scene.reason();
  EXPECT_NE(reason.find("its key KEY was not valid when it was made (key has expired: verify time "
                        "2026-01-0"),
            std::string::npos)
      << reason;
  scene.sign_as("elsewhere");
  scene.push({{"app.txt", "more\n"}});
  EXPECT_EQ(scene.reason(),
            "\"ROOT/keys/allowed_signers\" does not allow its key to sign for git "
            "(namespaces); sign it with one that may, or change that there");
}

TEST(Signature, OfSomethingElseIsRefused) {
  Signed scene;
  scene.clone();
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  std::string text = scene.git(scene.remote, "cat-file commit " + commit) + '\n';
  text.replace(text.rfind("Change"), 6, "Chance");
  scene.push_object(text);
  EXPECT_EQ(scene.reason(),
            "its signature does not fit it: one of them was changed after it was made");
  // A signature of the same text by the same key, made as one of a file.
  scene.sign_nothing();
  const std::string plain = scene.push({{"app.txt", "three\n"}});
  text = scene.git(scene.remote, "cat-file commit " + plain) + '\n';
  std::ofstream(scene.root() / "plain", std::ios::binary) << text;
  scene.sh("cd " + scene.root().native() + " && ssh-keygen -q -Y sign -n file -f " +
           scene.key("alice").native() + " plain 2>/dev/null && sed '2,$s/^/ /' plain.sig >folded");
  const std::string folded = support::read_file(scene.root() / "folded");
  text.insert(text.find("\n\n") + 1, "gpgsig " + folded);
  scene.push_object(text);
  EXPECT_EQ(scene.reason(),
            "its signature was not made for git but for something else; sign it with git");
}

TEST(Signature, OfAnOlderCommitThatIsReplayedLosesNothing) {
  Signed scene;
  scene.clone();
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  scene.expect_synced();
  scene.git(scene.remote, "update-ref refs/heads/main main~1");
  EXPECT_EQ(scene.refusal(),
            "branch \"main\" has 1 commit that the remote lacks; push with: git -C CHECKOUT push "
            "origin main, or drop with: git -C CHECKOUT reset --keep origin/main");
  EXPECT_EQ(scene.in_checkout("rev-parse HEAD"), commit);
}

TEST(Signature, IsLookedAtBeforeACloneChecksOut) {
  Signed scene;
  scene.sign_nothing();
  scene.push({{"app.txt", "evil\n"}});
  EXPECT_NE(scene.refusal().find("it is not signed"), std::string::npos);
  EXPECT_FALSE(fs::exists(scene.checkout));
  scene.git(scene.remote, "tag v1 main");
  for (const bool is_tag : {true, false}) {
    if (is_tag) {
      scene.follow_tag("v1");
    } else {
      scene.follow_commit(scene.git(scene.remote, "rev-parse main"));
    }
    EXPECT_NE(scene.refusal().find("it is not signed"), std::string::npos);
    EXPECT_FALSE(fs::exists(scene.checkout));
  }
}

TEST(Signature, IsLookedAtOnEachSync) {
  Signed scene;
  scene.clone();
  scene.follow_commit(scene.in_checkout("rev-parse HEAD"));
  scene.expect_synced();
  fs::resize_file(scene.signers, 0);
  EXPECT_EQ(scene.reason(),
            "it is signed by a key that \"ROOT/keys/allowed_signers\" does not "
            "list, KEY; if that counts, list it there");
}

TEST(Signature, OfWhatIsCheckedOutIsLookedAtByACheckThatLeavesItThere) {
  Signed scene;
  scene.clone();
  scene.sign_nothing();
  const std::string unsigned_commit = scene.push({{"app.txt", "evil\n"}});
  const std::string refused =
      "commit " + unsigned_commit.substr(0, 7) +
      ", \"Change\" by \"Author <author@example.org>\", is refused: it is not signed; sign it, or "
      "put a signed commit on top";
  EXPECT_EQ(scene.refusal(), refused);
  scene.sign_as("alice");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  scene.in_checkout("reset -q --hard " + unsigned_commit);
  const auto compared = scene.inspect();
  ASSERT_FALSE(compared.has_value());
  EXPECT_EQ(compared.error().message, refused);
  EXPECT_EQ(scene.expect_synced().after, commit);
}

TEST(Signature, OfATagCountsOrElseThatOfItsCommit) {
  Signed scene;
  scene.push({{"app.txt", "one\n"}});
  scene.in_author("tag light");
  scene.in_author("tag -m unsigned unsigned");
  scene.in_author("tag -s -m signed signed");
  scene.sign_nothing();
  scene.push({{"app.txt", "two\n"}});
  scene.in_author("tag -s -m vouched vouched");
  scene.sign_as("mallory");
  scene.in_author("tag -s -m mallory mallory signed^{}");
  scene.in_author("push -q origin --tags");
  for (const char* tag : {"light", "unsigned", "signed", "vouched"}) {
    scene.follow_tag(tag);
    EXPECT_EQ(scene.expect_synced().signer->principal, "alice@example.org") << tag;
  }
  // The commit would do, but somebody has signed the tag.
  scene.follow_tag("mallory");
  EXPECT_EQ(scene.reason(),
            "it is signed by a key that \"ROOT/keys/allowed_signers\" does not "
            "list, KEY; if that counts, list it there");
  // As the new release, the forge hands out the old one.
  scene.git(scene.remote, "update-ref refs/tags/v2 signed");
  scene.follow_tag("v2");
  EXPECT_EQ(scene.reason(), "it was signed as tag \"signed\", not \"v2\"");
}

TEST(Signature, ThatIsGoodLetsNoTagMove) {
  Signed scene;
  scene.push({{"app.txt", "one\n"}});
  scene.git(scene.remote, "tag v1 main");
  scene.push({{"app.txt", "two\n"}});
  scene.follow_tag("v1");
  scene.expect_synced();
  scene.git(scene.remote, "tag -f v1 main");
  EXPECT_NE(scene.refusal().find("tag \"v1\" has moved on the remote"), std::string::npos);
  // A tag that is not signed is not learned of, so that the good one is none that has moved.
  scene.sign_nothing();
  scene.push({{"app.txt", "evil\n"}});
  scene.git(scene.remote, "tag -f v1 main");
  EXPECT_NE(scene.refusal().find("is not signed"), std::string::npos);
  scene.git(scene.remote, "tag -f v1 main~2");
  EXPECT_EQ(scene.expect_synced().action, git::Action::up_to_date);
}

TEST(Signature, IsNotGoodBecauseAConfigurationSaysSo) {
  Signed scene;
  scene.clone();
  scene.sign_as("mallory");
  const fs::path evil = scene.root() / "evil";
  scene.sh("printf '#!/bin/sh\ntouch " + (scene.root() / "ran").native() +
           "\necho \"[GNUPG:] GOODSIG 1 me\"; echo \"[GNUPG:] VALIDSIG 1 1\"; "
           "echo \"[GNUPG:] TRUST_ULTIMATE\"; exit 0\n' >" +
           evil.native() + " && chmod +x " + evil.native());
  scene.sh("printf '* %s\n' \"$(cat " + scene.key("mallory").native() + ".pub)\" >" +
           evil.native() + ".keys");
  const fs::path config = scene.root() / "config";
  for (const std::string& file : {config.native(), (scene.checkout / ".git/config").native()}) {
    for (const char* program :
         {"gpg.program", "gpg.openpgp.program", "gpg.ssh.program", "gpg.x509.program"}) {
      scene.git(scene.root(), "config --file " + file + ' ' + program + ' ' + evil.native());
    }
    scene.git(scene.root(),
              "config --file " + file + " gpg.ssh.allowedSignersFile " + evil.native() + ".keys");
    scene.git(scene.root(), "config --file " + file + " gpg.format openpgp");
    scene.git(scene.root(), "config --file " + file + " gpg.minTrustLevel undefined");
  }
  scene.push({{"app.txt", "evil\n"}});
  scene.environment.set("GIT_CONFIG_GLOBAL", config.native());
  EXPECT_EQ(scene.reason(),
            "it is signed by a key that \"ROOT/keys/allowed_signers\" does not "
            "list, KEY; if that counts, list it there");
  scene.environment.set("GIT_CONFIG_GLOBAL", "/dev/null");
  std::string text = scene.git(scene.remote, "cat-file commit main") + '\n';
  for (std::size_t at; (at = text.find("SSH SIGNATURE")) != std::string::npos;) {
    text.replace(at, 13, "PGP SIGNATURE");
  }
  scene.push_object(text);
  scene.environment.set("GIT_CONFIG_GLOBAL", config.native());
  EXPECT_EQ(scene.reason(),
            "it is not signed with an SSH key, as the manifest wants (allowed_signers), but with "
            "OpenPGP");
  EXPECT_FALSE(fs::exists(scene.root() / "ran"));
}

TEST(Signature, OfAnObjectIsNotThatOfAnotherInItsPlace) {
  Signed scene;
  scene.clone();
  const std::string good = scene.in_checkout("rev-parse HEAD");
  scene.sign_nothing();
  const std::string bad = scene.push({{"app.txt", "evil\n"}});
  scene.in_checkout("fetch -q");
  scene.in_checkout("replace " + bad + ' ' + good);
  EXPECT_EQ(scene.reason(), "it is not signed; sign it, or put a signed commit on top");
}

TEST(Signature, IsNeededToEndAMoveThatWasCutOff) {
  Signed scene;
  scene.clone();
  const std::string good = scene.in_checkout("rev-parse HEAD");
  scene.sign_nothing();
  const std::string bad = scene.push({{"app.txt", "evil\n"}});
  scene.in_checkout("fetch -q");
  const auto note = [&](const std::string& from, const std::string& to) {
    std::ofstream(scene.checkout / ".git/fluke-update") << from << ' ' << to << '\n';
  };
  note(good, bad);
  EXPECT_NE(scene.refusal().find("is not signed"), std::string::npos);
  // A branch that never had it does not vouch for it either.
  scene.in_author("config commit.gpgSign true");
  scene.push_rewritten({{"app.txt", "two\n"}});
  note(bad, good);
  scene.follow_commit(scene.in_author("rev-parse HEAD"));
  scene.in_checkout("update-ref --no-deref HEAD " + bad);
  note(good, bad);
  EXPECT_NE(scene.refusal().find("is not signed"), std::string::npos);
  EXPECT_EQ(scene.read("app.txt"), "one\n");
}

TEST(Signature, NeedsKeysThatNobodyElseCanChange) {
  Signed scene;
  scene.clone();
  const auto refused = [&] { return scene.refusal(); };
  const std::string end =
      ", and whoever can change the keys decides what is checked out "
      "(\"ROOT/keys/allowed_signers\"); let nobody write there but root or this user";
  chmod(scene.signers.c_str(), 0666);
  EXPECT_EQ(refused(), "\"ROOT/keys/allowed_signers\" can be written by everybody" + end);
  chmod(scene.signers.c_str(), 0600);
  chmod(scene.keys.c_str(), 0777);
  EXPECT_EQ(refused(),
            "\"ROOT/keys/allowed_signers\" is in \"ROOT/keys\", which can be written by "
            "everybody" +
                end);
  chmod(scene.keys.c_str(), 0700);
  scene.expect_synced();
  fs::rename(scene.signers, scene.root() / "others");
  fs::create_symlink(scene.root() / "others", scene.signers);
  scene.expect_synced();
  chmod((scene.root() / "others").c_str(), 0666);
  EXPECT_EQ(refused(), "\"ROOT/others\" can be written by everybody" + end);
  fs::remove(scene.signers);
  EXPECT_EQ(refused(),
            "there is no file \"ROOT/keys/allowed_signers\" with the keys that vouch for "
            "\"CHECKOUT\"; write one as ssh-keygen(1) has it under ALLOWED SIGNERS");
  fs::create_directory_symlink(scene.checkout, scene.root() / "link");
  scene.write("mine", "");
  scene.verify->path = scene.root() / "link/mine";
  EXPECT_EQ(refused(),
            "\"ROOT/link/mine\" is in the checkout for which it vouches, \"CHECKOUT\", "
            "where a commit could change it; name keys elsewhere");
}

TEST(Signature, ByARevokedKeyIsRefused) {
  Signed scene;
  scene.clone();
  const std::string revoked = (scene.keys / "revoked").native();
  std::ofstream(revoked) << "# none yet\n";
  scene.verify->revoked_keys = revoked;
  scene.expect_synced();
  const std::string alice = scene.key("alice").native() + ".pub";
  for (const std::string& revoke :
       {"cat " + alice + " >>" + revoked, "ssh-keygen -q -k -f " + revoked + ' ' + alice}) {
    scene.sh(revoke);
    EXPECT_EQ(scene.reason(),
              "its key KEY is revoked by \"ROOT/keys/revoked\"; sign it with another one");
  }
  // Another reason is told as ever.
  scene.sign_as("mallory");
  scene.push({{"app.txt", "evil\n"}});
  EXPECT_EQ(scene.reason(),
            "it is signed by a key that \"ROOT/keys/allowed_signers\" does not "
            "list, KEY; if that counts, list it there");
  scene.allow("bob");
  scene.sign_as("bob");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.expect_synced().signer->principal, "bob@example.org");
}

TEST(Signature, NeedsRevokedKeysThatNobodyElseCanChange) {
  Signed scene;
  scene.clone();
  scene.verify->revoked_keys = scene.keys / "revoked";
  EXPECT_EQ(scene.refusal(),
            "the file of revoked keys, \"ROOT/keys/revoked\", is not there or cannot be read; "
            "write one, which may be empty");
  std::ofstream(scene.verify->revoked_keys) << "";
  scene.expect_synced();
  chmod(scene.verify->revoked_keys.c_str(), 0666);
  EXPECT_EQ(scene.refusal(),
            "\"ROOT/keys/revoked\" can be written by everybody, and whoever can change the keys "
            "decides what is checked out (\"ROOT/keys/revoked\"); let nobody write there but root "
            "or this user");
  scene.write("revoked", "");
  scene.verify->revoked_keys = scene.checkout / "revoked";
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT/revoked\" is in the checkout for which it vouches, \"CHECKOUT\", where a "
            "commit could change it; name keys elsewhere");
}

TEST(Signature, NeedsAProgramThatLooksAtIt) {
  Signed scene;
  scene.clone();
  const fs::path empty = scene.root() / "empty";
  fs::create_directory(empty);
  scene.environment.set("PATH", empty.native());
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::not_started);
  EXPECT_EQ(synced.error().message,
            "ssh-keygen was not found on PATH, and verifies signatures; install openssh-client");
}

TEST(Signature, ByAnSshKeyNeedsAGitThatKnowsThem) {
  Signed scene;
  scene.clone();
  scene.stand_in("version) echo git version 2.33.8;;\nverify-commit) exit 1;;");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.reason(),
            "git 2.33.8 knows no signatures of SSH keys (allowed_signers); install 2.34 or newer, "
            "or name one with --git");
}

/// A scene whose author signs with OpenPGP. The keys are in one home, and those that count in
/// another.
struct SignedByOpenPgp : Signed {
  SignedByOpenPgp() {
    for (const fs::path& one : {author_home, home}) {
      fs::create_directory(one);
      chmod(one.c_str(), 0700);
    }
    for (const char* name : {"bob", "eve", "revoked"}) {
      make_key(name, "");
    }
    make_key("lapsed", long_ago, "2d");
    const std::string gpg = "GNUPGHOME=" + author_home.native() + " gpg -q --batch ";
    sh("fpr=$(" + gpg +
       "--list-keys --with-colons revoked | awk -F: '/^fpr/{print $10; exit}') && "
       "sed 's/^:-----/-----/' " +
       author_home.native() + "/openpgp-revocs.d/$fpr.rev >" + (root() / "rev").native());
    environment.set("GNUPGHOME", author_home.native());
    in_author("config gpg.format openpgp");
    verify = {.keys = git::Verify::Keys::gnupg_home, .path = home};
  }
  SignedByOpenPgp(const SignedByOpenPgp&) = delete;
  SignedByOpenPgp& operator=(const SignedByOpenPgp&) = delete;
  ~SignedByOpenPgp() {
    sh("gpgconf --homedir " + author_home.native() + " --kill all");
    sh("gpgconf --homedir " + home.native() + " --kill all");
  }

  static constexpr const char* long_ago = "--faked-system-time '20200101T000000!'";

  void make_key(const std::string& name, const std::string& options,
                const std::string& end = "never") {
    sh("GNUPGHOME=" + author_home.native() + " gpg -q --batch --no-tty " + options +
       " --passphrase '' --quick-gen-key '" + name + " <" + name + "@example.org>' ed25519 sign " +
       end + " 2>/dev/null");
  }
  /// From now on the author signs with these options of gpg.
  void sign_with(const std::string& options) {
    const fs::path program = root() / "author-gpg";
    std::ofstream(program) << "#!/bin/sh\nexec gpg " << options << " \"$@\"\n";
    chmod(program.c_str(), 0700);
    in_author("config gpg.program " + program.native());
  }
  void use_key(const std::string& name) {
    in_author("config user.signingKey " + name + "@example.org");
  }
  void import(const std::string& name) {
    sh("GNUPGHOME=" + author_home.native() + " gpg -q --batch --export " + name +
       "@example.org | GNUPGHOME=" + home.native() + " gpg -q --batch --import 2>/dev/null");
  }
  void import_file(const fs::path& file) {
    sh("GNUPGHOME=" + home.native() + " gpg -q --batch --import " + file.native() + " 2>/dev/null");
  }

  /// With fingerprints as KEY.
  std::string without_keys(std::string text) const {
    for (std::size_t at = 0; at + 40 <= text.size(); ++at) {
      if (text.find_first_not_of("0123456789ABCDEF", at) >= at + 40) {
        text.replace(at, 40, "KEY");
      }
    }
    return text;
  }

  fs::path author_home = root() / "author-gnupg";
  fs::path home = root() / "gnupg";
};

TEST(Signature, ByOpenPgpCountsWhereTheKeyIsInTheHome) {
  SignedByOpenPgp scene;
  scene.import("bob");
  scene.use_key("bob");
  scene.clone();
  const git::Synced synced = scene.expect_synced();
  ASSERT_TRUE(synced.signer.has_value());
  EXPECT_EQ(synced.signer->principal, "bob <bob@example.org>");
  EXPECT_EQ(scene.without_keys(synced.signer->fingerprint), "KEY");
  scene.use_key("eve");
  scene.push({{"app.txt", "evil\n"}});
  EXPECT_EQ(scene.without_keys(scene.reason()),
            "it is signed by a key that is not in \"ROOT/gnupg\", KEY; if that counts, import it "
            "there");
  scene.use_key("revoked");
  scene.push({{"app.txt", "two\n"}});
  scene.import("revoked");
  scene.import_file(scene.root() / "rev");
  EXPECT_EQ(scene.without_keys(scene.reason()),
            "its key KEY was revoked; sign it with another one");
  scene.sign_with(SignedByOpenPgp::long_ago);
  scene.use_key("lapsed");
  scene.import("lapsed");
  scene.push({{"app.txt", "three\n"}});
  EXPECT_EQ(scene.without_keys(scene.reason()),
            "its key KEY has expired; extend that, or sign it with another one");
  scene.in_author("config --unset gpg.program");
  scene.use_key("bob");
  const std::string commit = scene.push({{"app.txt", "four\n"}});
  std::string text = scene.git(scene.remote, "cat-file commit " + commit) + '\n';
  text.replace(text.rfind("Change"), 6, "Chance");
  scene.push_object(text);
  EXPECT_EQ(scene.reason(),
            "its signature does not fit it: one of them was changed after it was made");
  scene.in_author("config gpg.format ssh");
  scene.sign_as("alice");
  scene.push({{"app.txt", "five\n"}});
  EXPECT_EQ(scene.reason(),
            "it is not signed with OpenPGP, as the manifest wants (gnupg_home), but with an SSH "
            "key");
  chmod((scene.home / "pubring.kbx").c_str(), 0666);
  EXPECT_EQ(scene.reason(),
            "\"ROOT/gnupg/pubring.kbx\" can be written by everybody, and whoever can change the "
            "keys decides what is checked out (\"ROOT/gnupg\"); let nobody write there but root or "
            "this user");
}

TEST(Signature, ByOpenPgpThatHasEndedIsRefused) {
  SignedByOpenPgp scene;
  scene.import("bob");
  scene.use_key("bob");
  scene.clone();
  scene.make_key("early", SignedByOpenPgp::long_ago);
  scene.import("early");
  scene.use_key("early");
  scene.sign_with(std::string(SignedByOpenPgp::long_ago) + " --default-sig-expire 2d");
  scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.without_keys(scene.reason()),
            "its signature, by the key KEY, has expired; sign it again");
}

TEST(Signature, ByOpenPgpIsRefusedWhereTheHomeNeverTrustsTheKey) {
  SignedByOpenPgp scene;
  scene.import("bob");
  scene.use_key("bob");
  scene.clone();
  std::ofstream(scene.home / "gpg.conf") << "trust-model direct\n";
  const std::string gpg = "gpg -q --batch --homedir " + scene.home.native();
  scene.sh(gpg + " --list-keys --with-colons bob | awk -F: '/^fpr/ {print $10 \":3:\"; exit}' | " +
           gpg + " --import-ownertrust 2>/dev/null");
  EXPECT_EQ(scene.without_keys(scene.reason()),
            "its key KEY is never to be trusted, as \"ROOT/gnupg\" has it");
}

TEST(Signature, ByOpenPgpThatIsNoneIsRefused) {
  SignedByOpenPgp scene;
  scene.import("bob");
  scene.use_key("bob");
  scene.clone();
  scene.sign_nothing();
  const std::string plain = scene.push({{"app.txt", "two\n"}});
  std::string text = scene.git(scene.remote, "cat-file commit " + plain) + '\n';
  text.insert(text.find("\n\n") + 1,
              "gpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----\n");
  scene.push_object(text);
  EXPECT_EQ(scene.reason(), "gpg does not accept its signature");
}

TEST(Signature, ByOpenPgpNeedsAHomeThatTheCommandThatIsNamedMakes) {
  SignedByOpenPgp scene;
  scene.verify->path = scene.root() / "none";
  const auto refused = scene.sync();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(scene.shortened(refused.error().message),
            "there is no directory \"ROOT/none\" with the keys that vouch for \"CHECKOUT\"; import "
            "them with gpg --import into one that is made with: install -d -m 700 ROOT/none");
  scene.do_as_told(refused.error().message);
  EXPECT_EQ(fs::status(scene.verify->path).permissions(), fs::perms::owner_all);
}

TEST(Signature, PinsTheCommitsOfSubmodules) {
  Signed scene;
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "config").native());
  scene.git(scene.root(),
            "config --file " + (scene.root() / "config").native() + " protocol.file.allow always");
  scene.git(scene.root(), "init -q -b main inner");
  scene.git(scene.root() / "inner", "commit -q --allow-empty -m Inner");
  scene.push({{"app.txt", "one\n"}});
  scene.in_author("submodule --quiet add " + (scene.root() / "inner").native() + " inner");
  scene.push({});
  scene.expect_synced();
  EXPECT_EQ(scene.git(scene.checkout / "inner", "rev-parse HEAD"),
            scene.git(scene.root() / "inner", "rev-parse HEAD"));
}

/// From the scene's url what is signed comes in, be it by a clone or an update, and the rest does
/// not.
void expect_guarded(Signed& scene) {
  scene.push({{"app.txt", "one\n"}});
  EXPECT_EQ(scene.expect_synced().signer.value_or(git::Signer()).principal, "alice@example.org");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.expect_synced().after, commit);
  scene.sign_nothing();
  scene.push({{"app.txt", "evil\n"}});
  EXPECT_EQ(scene.reason(), "it is not signed; sign it, or put a signed commit on top");
  EXPECT_EQ(scene.read("app.txt"), "two\n");
}

TEST(Signature, CountsOverHttpToo) {
  Signed scene;
  const support::HttpRemote server(scene.root());
  scene.url = "http://" + server.place() + "/remote.git";
  expect_guarded(scene);
}

TEST(Signature, CountsOverSshToo) {
  if (const std::optional<std::string> reason = support::SshRemote::missing()) {
    GTEST_SKIP() << *reason;
  }
  Signed scene;
  const support::SshRemote server(scene.root() / "ssh");
  server.make_known();
  scene.environment.set("PATH", server.client_directory().native() + ':' +
                                    std::string(*scene.environment.get("PATH")));
  scene.url = "ssh://" + server.destination() + scene.remote.native();
  expect_guarded(scene);
}

}  // namespace
