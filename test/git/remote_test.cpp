// Remotes over http and ssh: with a password that nobody may see, keys that are unknown or refused,
// and servers that stop answering.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "scene.h"
#include "support/http_remote.h"
#include "support/killing.h"
#include "support/ssh_remote.h"

namespace {

namespace fs = std::filesystem;

constexpr const char* secret = "s3cr%40t/w0rd";
constexpr const char* secret_plain = "s3cr@t/w0rd";

class HttpRemote : public ::testing::Test {
 protected:
  HttpRemote() : server(scene.root()) {
    scene.push({{"app.txt", "one\n"}});
    server.on_request = [this](const std::string&) { seen += support::arguments_below(getpid()); };
    scene.url = url("");
  }

  [[nodiscard]] std::string url(const std::string& user_information) const {
    return "http://" + user_information + server.place() + "/remote.git";
  }

  /// Everything that a sync leaves to be read by others or to be read later.
  std::string traces() {
    std::string all = seen + support::read_file(scene.checkout / ".git/config") +
                      support::read_file(scene.checkout / ".git/FETCH_HEAD") +
                      support::read_file(scene.checkout / ".git/logs/HEAD");
    for (const process::Command& command : scene.runner().commands) {
      for (const std::string& argument : command.arguments) {
        all += argument + '\n';
      }
    }
    for (const std::string& line : scene.lines) {
      all += line + '\n';
    }
    return all;
  }

  void expect_no_secret(const std::string& text) {
    for (const char* form : {"s3cr", "w0rd"}) {
      EXPECT_EQ(text.find(form), std::string::npos) << text;
    }
  }

  Scene scene;
  std::string seen;
  support::HttpRemote server;
};

TEST_F(HttpRemote, IsClonedAndUpdated) {
  auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(scene.read("app.txt"), "one\n");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.inspect()->commits_behind, 1U);
  synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
}

TEST_F(HttpRemote, SeesThePasswordAndNobodyElseDoes) {
  server.credentials = std::string("user:") + secret_plain;
  scene.url = url(std::string("user:") + secret + "@");
  const process::Environment plain = scene.environment;
  const auto traced = [&](auto operation) {
    scene.environment.set("GIT_TRACE", "1");
    scene.environment.set("GIT_TRACE_CURL", "1");
    auto result = operation();
    scene.environment = plain;
    return result;
  };
  auto synced = traced([&] { return scene.sync(); });
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_NE(seen.find("git-remote-http"), std::string::npos) << "the server saw no git at work";
  expect_no_secret(traces());
  EXPECT_EQ(scene.in_checkout("remote get-url origin"), url(""));
  scene.push({{"app.txt", "two\n"}});
  const auto comparison = traced([&] { return scene.inspect(); });
  ASSERT_TRUE(comparison.has_value()) << comparison.error().message << comparison.error().output;
  EXPECT_EQ(comparison->commits_behind, 1U);
  synced = traced([&] { return scene.sync(); });
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->action, git::Action::fast_forwarded);
  EXPECT_EQ(synced->replaced_url, std::nullopt);
  expect_no_secret(traces());
}

TEST_F(HttpRemote, SeesThePasswordThatOriginHasAndNobodyElseDoes) {
  server.credentials = std::string("user:") + secret_plain;
  const std::string with_password = url(std::string("user:") + secret + "@");
  scene.url = with_password;
  ASSERT_TRUE(scene.sync().has_value());
  scene.in_checkout("remote set-url origin " + with_password);
  for (const std::string& manifest_url : {with_password, url("")}) {
    scene.url = manifest_url;
    seen.clear();
    const auto synced = scene.sync();
    ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
    EXPECT_EQ(synced->replaced_url, std::nullopt);
    EXPECT_NE(seen.find("git-remote-http"), std::string::npos);
    expect_no_secret(seen);
    EXPECT_EQ(scene.in_checkout("remote get-url origin"), with_password);
  }
}

TEST_F(HttpRemote, GetsThePasswordOfTheUrlAndNotOneThatAHelperKnows) {
  server.credentials = std::string("user:") + secret_plain;
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "gitconfig").native());
  std::ofstream(scene.root() / "gitconfig")
      << "[credential]\n\thelper = \"!echo username=user; echo password=old; echo $1 >> "
      << (scene.root() / "helped").native() << "; :\"\n";
  scene.url = url(std::string("user:") + secret + "@");
  EXPECT_TRUE(scene.sync().has_value());
  EXPECT_FALSE(fs::exists(scene.root() / "helped"));
}

TEST_F(HttpRemote, LetsTheUsersHelperAnswerForALoneUserName) {
  server.credentials = "alice:known";
  scene.environment.set("GIT_CONFIG_GLOBAL", (scene.root() / "gitconfig").native());
  std::ofstream(scene.root() / "gitconfig")
      << "[credential]\n\thelper = \"!grep -q username=alice && echo password=known; :\"\n";
  scene.url = url("alice@");
  const auto synced = scene.sync();
  EXPECT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
}

TEST_F(HttpRemote, ThatRefusesThePasswordIsNamedWithoutIt) {
  server.credentials = "user:other";
  scene.url = url(std::string("user:") + secret + "@");
  const std::string message = scene.failure();
  EXPECT_EQ(message, "\"http://user:***@" + server.place() +
                         "/remote.git\" refuses the user name and password of the manifest's url: "
                         "git clone exited with status 128");
  expect_no_secret(traces());
}

TEST_F(HttpRemote, ThatWantsAPasswordIsNamed) {
  server.credentials = "user:other";
  EXPECT_EQ(scene.failure(), "\"http://" + server.place() +
                                 "/remote.git\" wants a user name and password; put them into the "
                                 "url, or into a credential helper of git: git clone exited with "
                                 "status 128");
}

TEST_F(HttpRemote, ThatAcceptsAndNeverAnswersIsLeftAtTheDeadline) {
  ASSERT_TRUE(scene.sync().has_value());
  const std::string before = scene.snapshot();
  server.mute = true;
  scene.deadline = std::chrono::milliseconds(400);
  auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::timed_out);
  EXPECT_EQ(synced.error().message, "git fetch ran past its deadline of 400ms");
  EXPECT_EQ(scene.snapshot(), before);
}

TEST_F(HttpRemote, ThatStopsInTheMiddleIsLeftAtTheDeadline) {
  server.stall_after = 100;
  scene.deadline = std::chrono::milliseconds(400);
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().message, "git clone ran past its deadline of 400ms");
  EXPECT_FALSE(fs::exists(scene.checkout));
}

TEST_F(HttpRemote, ThatStopsInTheMiddleIsLeftWhenTheUsersOwnLimitSaysSo) {
  server.stall_after = 100;
  scene.environment.set("GIT_HTTP_LOW_SPEED_LIMIT", "1000");
  scene.environment.set("GIT_HTTP_LOW_SPEED_TIME", "1");
  EXPECT_TRUE(scene.failure().starts_with("cannot read from \"http://"));
}

class SshRemote : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::string> reason = support::SshRemote::missing();
    if (reason) {
      GTEST_SKIP() << *reason;
    }
    server.emplace(scene.root() / "ssh");
    scene.environment.set("PATH", server->client_directory().native() + ':' +
                                      std::string(*scene.environment.get("PATH")));
    scene.push({{"app.txt", "one\n"}});
    scene.url = "ssh://" + server->destination() + scene.remote.native();
  }

  std::string without_place(std::string text) {
    for (const auto& [from, to] :
         {std::pair(server->destination(), std::string("USER@HOST:PORT")),
          std::pair(server->user() + "@127.0.0.1", std::string("USER@HOST")),
          std::pair(std::to_string(server->port()), std::string("PORT"))}) {
      for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) {
        text.replace(at, from.size(), to);
      }
    }
    return text;
  }

  Scene scene;
  std::optional<support::SshRemote> server;
};

TEST_F(SshRemote, IsClonedAndUpdated) {
  server->make_known();
  ASSERT_TRUE(scene.sync().has_value());
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  const auto synced = scene.sync();
  ASSERT_TRUE(synced.has_value()) << synced.error().message << synced.error().output;
  EXPECT_EQ(synced->after, commit);
}

TEST_F(SshRemote, WhoseHostKeyIsUnknownIsNamed) {
  EXPECT_EQ(without_place(scene.failure()),
            "the host key of \"127.0.0.1\" is not known to this user; compare its fingerprint and "
            "accept it with: ssh -p PORT USER@HOST: git clone exited with status 128");
}

TEST_F(SshRemote, WhoseHostKeyIsAnotherIsNamed) {
  server->make_known_with_another_key();
  EXPECT_EQ(without_place(scene.failure()),
            "the host key of \"127.0.0.1\" is not the one that this user knows; if that is right, "
            "forget the old one with: ssh-keygen -R '[127.0.0.1]:PORT': git clone exited with "
            "status 128");
}

TEST_F(SshRemote, ThatRefusesTheKeyIsNamed) {
  server->make_known();
  server->forget_client_key();
  EXPECT_EQ(without_place(scene.failure()),
            "\"ssh://USER@HOST:PORTREMOTE\" refuses every ssh key of this user; see why with: ssh "
            "-v -p PORT USER@HOST: git clone exited with status 128");
}

TEST(Url, WithALineBreakInThePasswordIsRefused) {
  Scene scene;
  scene.url = "http://user:a%0Apassword=b@127.0.0.1:1/x.git";
  EXPECT_EQ(scene.refusal(),
            "the user name or the password in the url of the manifest holds a line break");
}

}  // namespace
