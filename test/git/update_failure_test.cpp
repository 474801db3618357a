// Updates that fail, and what must not happen then: a password told, a command run, a directory
// touched that is somebody else's.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

TEST(Update, NamesABranchThatTheRemoteHadAndThatCannotBeBesideTheNewOne) {
  Scene scene;
  scene.clone();
  scene.in_checkout("update-ref refs/remotes/origin/a HEAD");
  scene.in_checkout("update-ref refs/remotes/origin/z/1 HEAD");
  scene.in_checkout("update-ref refs/remotes/origin/z/2 HEAD");
  scene.push({{"app.txt", "two\n"}}, "a/b");
  scene.branch = "a/b";
  EXPECT_EQ(scene.remedied_refusal(),
            "\"a\" is noted here as a branch of the remote, and git keeps no branch \"a/b\" beside "
            "it; forget it with: git -C CHECKOUT branch -d -r origin/a");
  scene.in_checkout("pack-refs --all");
  scene.push({{"app.txt", "three\n"}}, "z");
  scene.branch = "z";
  EXPECT_EQ(scene.remedied_refusal(),
            "\"z/1\", \"z/2\" is noted here as a branch of the remote, and git keeps no branch "
            "\"z\" beside it; forget it with: git -C CHECKOUT branch -d -r origin/z/1 origin/z/2");
}

TEST(Update, NamesALocalBranchThatCannotBeBesideTheNewOne) {
  Scene scene;
  scene.clone();
  scene.in_checkout("switch -q -c a");
  scene.in_checkout("branch z/1");
  scene.push({{"app.txt", "two\n"}}, "a/b");
  scene.branch = "a/b";
  EXPECT_EQ(
      scene.remedied_refusal(),
      "branch \"a\" is in the way: git keeps no branch \"a/b\" beside it; rename it with: git "
      "-C CHECKOUT branch -m a a-old");
  scene.push({{"app.txt", "three\n"}}, "z");
  scene.branch = "z";
  EXPECT_EQ(
      scene.remedied_refusal(),
      "branch \"z/1\" is in the way: git keeps no branch \"z\" beside it; rename it with: git "
      "-C CHECKOUT branch -m z/1 z-1-old");
}

TEST(Update, SaysWhichSettingWantsASignature) {
  Scene scene;
  scene.clone();
  scene.in_checkout("config merge.verifySignatures true");
  const std::string commit = scene.push({{"app.txt", "two\n"}});
  EXPECT_EQ(scene.remedied_refusal(),
            "commit " + commit.substr(0, 7) +
                " has no signature that git trusts here, and merge.verifySignatures wants one; "
                "sign it, or merge without with: git -C CHECKOUT config merge.verifySignatures "
                "false");
}

TEST(Update, RefusesARepositoryWhoseFilesAreElsewhere) {
  Scene scene;
  scene.clone();
  fs::create_directory(scene.root() / "elsewhere");
  scene.in_checkout("config core.worktree " + (scene.root() / "elsewhere").native());
  const auto comparison = scene.inspect();
  ASSERT_FALSE(comparison.has_value());
  scene.push({{"app.txt", "two\n"}});
  const std::string refusal = scene.remedied_refusal();
  EXPECT_EQ(refusal,
            "the repository in \"CHECKOUT\" keeps its files in another directory, "
            "\"ROOT/elsewhere\", as core.worktree says; name that one, or end it with: git -C "
            "CHECKOUT config --unset core.worktree");
  EXPECT_EQ(scene.shortened(comparison.error().message), refusal);
  EXPECT_EQ(scene.read("app.txt"), "two\n");
  scene.in_checkout("config core.worktree " + scene.checkout.native());
  EXPECT_TRUE(scene.sync().has_value());
  // Where each work tree has a configuration of its own, git puts the setting there.
  scene.in_checkout("config core.worktree " + (scene.root() / "elsewhere").native());
  scene.in_checkout("sparse-checkout init");
  EXPECT_TRUE(scene.remedied_refusal().ends_with(
      "git -C CHECKOUT config --worktree --unset core.worktree"));
}

TEST(Update, SaysThatTheRemoteCannotBeRead) {
  Scene scene;
  scene.clone();
  scene.url = "http://user:sec%40ret@localhost:1/x.git";
  EXPECT_EQ(scene.failure(),
            "cannot read from \"http://user:***@localhost:1/x.git\": git fetch exited with status "
            "128");
  for (const process::Command& command : scene.runner().commands) {
    for (const std::string& argument : command.arguments) {
      EXPECT_EQ(argument.find("sec%40ret"), std::string::npos) << argument;
    }
  }
}

TEST(Update, MasksThePasswordInWhatGitReports) {
  Scene scene;
  scene.clone();
  scene.url = "http://user:sec%40ret@localhost:1/x.git";
  scene.environment.set("GIT_TRACE", "1");
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_NE(synced.error().output, "");
  for (const std::string& line : scene.lines) {
    EXPECT_EQ(line.find("sec%40ret"), std::string::npos) << line;
  }
  EXPECT_EQ(synced.error().output.find("sec%40ret"), std::string::npos);
}

TEST(Update, MasksThePasswordInEveryFormThatAGitMayPrint) {
  Scene scene;
  scene.clone();
  scene.url = "https://user:p%40ss-w0rd@example.org/x.git";
  scene.program = scene.root() / "fake-git";
  std::ofstream(scene.program) << R"(#!/bin/sh
[ "$1" = config ] && exit 1
echo "fatal: unable to access 'https://user:p%40ss-w0rd@example.org/x.git/': no"
echo "user:p@ss-w0rd@example.org" >&2
echo "password p@ss-w0rd p%40ss-w0rd"
printf 'https://user:p%%40ss-w0rd@example.org/ without a line end'
exit 128
)";
  fs::permissions(scene.program, fs::perms::owner_all);
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  std::string all = synced.error().message + synced.error().output;
  for (const std::string& line : scene.lines) {
    all += line + '\n';
  }
  EXPECT_EQ(scene.lines.size(), 4U);
  EXPECT_NE(all.find("https://user:***@example.org"), std::string::npos) << all;
  for (const char* form : {"p@ss", "p%40ss", "w0rd"}) {
    EXPECT_EQ(all.find(form), std::string::npos) << all;
  }
}

TEST(Update, DoesNotRunACommandThatAnUrlNames) {
  Scene scene;
  scene.clone();
  scene.in_checkout("config protocol.ext.allow always");
  scene.environment.set("GIT_ALLOW_PROTOCOL", "file:ext:fd");
  scene.url = "ext::touch " + (scene.root() / "ran").native();
  EXPECT_EQ(scene.failure(),
            "cannot read from \"ext::touch ROOT/ran\": git fetch exited with status 128");
  EXPECT_FALSE(fs::exists(scene.root() / "ran"));
}

TEST(Update, SaysThatAnotherUserOwnsTheCheckout) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "only root can give files away";
  }
  Scene scene;
  scene.clone();
  ASSERT_EQ(chown(scene.checkout.c_str(), 12345, 12345), 0);
  scene.environment.unset("SUDO_UID");
  const auto comparison = scene.inspect();
  ASSERT_FALSE(comparison.has_value());
  EXPECT_EQ(scene.refusal(), scene.shortened(comparison.error().message));
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT\" belongs to another user (uid 12345, fluke runs as 0), and git does not "
            "work in it; run fluke as that user, or trust it with: git config --global --add "
            "safe.directory CHECKOUT");
}

TEST(Update, SaysThatGitCouldNotBeStarted) {
  Scene scene;
  scene.clone();
  scene.program = scene.root() / "no-git";
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::not_started);
  EXPECT_EQ(scene.shortened(synced.error().message),
            "git config could not be started: ROOT/no-git: No such file or directory");
}

TEST(Update, EndsAtTheDeadline) {
  Scene scene;
  scene.clone();
  scene.deadline = std::chrono::milliseconds(300);
  scene.environment.set("GIT_SSH_COMMAND", "sleep 60;");
  scene.url = "ssh://localhost/x.git";
  const auto synced = scene.sync();
  ASSERT_FALSE(synced.has_value());
  EXPECT_EQ(synced.error().cause, git::Cause::timed_out);
  EXPECT_EQ(synced.error().message, "git fetch ran past its deadline of 300ms");
}

TEST(Update, StopsInTheMiddleOfAFetchWhenItIsAskedTo) {
  Scene scene;
  scene.clone();
  const fs::path started = scene.root() / "started";
  scene.environment.set("GIT_SSH_COMMAND", "touch " + started.native() + "; exec sleep 60;");
  scene.url = "ssh://localhost/x.git";
  const pid_t child = fork();
  if (child == 0) {
    const auto synced = scene.sync();
    const bool cancelled = !synced && synced.error().cause == git::Cause::cancelled &&
                           synced.error().message == "git fetch was stopped by SIGTERM";
    _exit(cancelled ? 0 : 1);
  }
  while (!fs::exists(started)) {
    usleep(1000);
  }
  kill(child, SIGTERM);
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  scene.url = scene.remote.native();
  EXPECT_TRUE(scene.sync().has_value());
}

TEST(Update, NeverTouchesTheRepositoryAroundADirectoryOfFiles) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  const fs::path outer = scene.checkout.parent_path();
  scene.git(scene.root(), "init -q -b outer " + outer.native());
  scene.write("mine.txt", "mine\n");
  scene.git(outer, "add .");
  scene.git(outer, "commit -q -m Outer");
  const std::string refs = scene.git(outer, "for-each-ref");
  EXPECT_EQ(scene.refusal(),
            "\"CHECKOUT\" is not empty and not a git checkout; move its files away, or name "
            "another directory");
  EXPECT_EQ(scene.git(outer, "for-each-ref"), refs);
  EXPECT_EQ(scene.git(outer, "status --porcelain"), "");
}

}  // namespace
