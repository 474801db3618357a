// Shell blocks through the whole program, with the real shell.
#include <gtest/gtest.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "e2e/deploy_host.h"
#include "e2e/host.h"

namespace {

using e2e::Host;

TEST(Shell, RunsItsCommandWhereItsCheckSaysNo) {
  const Host host;
  host.write("site.hcl", R"(shell "e2e-shell-runs" {
  check       = "grep -qx $STAGE stage"
  command     = "echo writing; echo $STAGE >stage"
  working_dir = "."
  env         = { STAGE = "production" }
}
)");
  const support::Ran checked = host.fluke({"check", "site.hcl"});
  EXPECT_EQ(checked.status, 2);
  EXPECT_EQ(host.normalised(checked.out),
            "e2e-shell-runs  drifted    the check exited with status 2  check <time>\n"
            "1 resource: 1 drifted in <time>\n");
  EXPECT_EQ(checked.err,
            "e2e-shell-runs: last output of check:\n"
            "e2e-shell-runs: grep: stage: No such file or directory\n");
  const support::Ran ran = host.fluke({"run", "-v", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.read("stage"), "production\n");
  for (const char* line : {"e2e-shell-runs: check: /bin/bash -c 'grep -qx $STAGE stage'\n",
                           "e2e-shell-runs: writing\n"}) {
    EXPECT_NE(ran.err.find(line), std::string::npos) << line << ran.err;
  }
  EXPECT_EQ(host.fluke({"run", "-q", "site.hcl"}).out, "");
}

TEST(Shell, WorksAtHomeWithoutADirectory) {
  const Host host;
  host.write("site.hcl", R"(shell "e2e-shell-home" {
  check   = "test -f done"
  command = "touch done"
}
)");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_TRUE(host.exists("home/done"));
  const auto listed =
      nlohmann::json::parse(host.fluke({"list", "--format", "json", "site.hcl"}).out);
  EXPECT_EQ(listed["resources"][0]["working_dir"], nullptr);
  EXPECT_EQ(listed["resources"][0]["command"], "touch done");
  EXPECT_EQ(listed["resources"][0]["run_as"], nullptr);
}

TEST(Shell, WithoutADirectoryIsHeldByItsName) {
  const Host host;
  constexpr std::string_view manifest = R"(shell "e2e-shell-held" {
  check   = "test -f done"
  command = "echo holding; until test -e go; do sleep 0.05; done; touch done"
}
)";
  host.write("site.hcl", manifest);
  host.write("elsewhere/other.hcl", manifest);
  support::Running first(host.fluke_program({"run", "--timeout", "60s", "site.hcl"}));
  e2e::wait_for(first, "e2e-shell-held: holding");
  const support::Ran second = host.fluke({"run", "elsewhere/other.hcl"});
  EXPECT_EQ(second.status, 75) << second.out;
  EXPECT_NE(second.out.find("/lock-e2e-shell-held\""), std::string::npos) << second.out;
  host.write("home/go", "");
  EXPECT_EQ(first.wait().status, 0);
  EXPECT_EQ(host.fluke({"run", "elsewhere/other.hcl"}).status, 0);
}

TEST(Shell, SaysByItsStatusThatItCannotTell) {
  const Host host;
  host.write("site.hcl", R"(shell "a" {
  check         = "echo no answer; exit 75"
  command       = "touch ran"
  working_dir   = "."
  check_unknown = [75]
}
)");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("the check cannot tell: it exited with status 75"), std::string::npos)
      << ran.out;
  EXPECT_FALSE(host.exists("ran"));
}

TEST(Shell, ShowsNoSecret) {
  const Host host;
  host.write("site.hcl", R"(variable "token" {
  sensitive = true
}
shell "a" {
  check       = "test -f done"
  command     = "echo the token is $TOKEN; exit 3"
  working_dir = "."
  env         = { TOKEN = var.token }
}
)");
  const support::Ran ran = host.fluke({"run", "-v", "--var", "token=hunter2", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.err.find("a: the token is ***\n"), std::string::npos) << ran.err;
  EXPECT_EQ((ran.out + ran.err).find("hunter2"), std::string::npos);
}

TEST(Shell, RunsAsAnotherUserWithThatUsersHome) {
  if (geteuid() != 0) {
    GTEST_SKIP() << "only root becomes another user without asking";
  }
  const Host host;
  host.write("out/keep", "");
  host.run({"chmod", "-R", "a+rwX", "."});
  host.write("site.hcl", R"(shell "a" {
  check       = "test -f out/who"
  command     = "echo $(id -un) $USER $LOGNAME $HOME $(id -G) >out/who"
  working_dir = "."
  run_as      = "nobody"
}
)");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(host.read("out/who"), "nobody nobody nobody /nonexistent 65534\n");
}

/// A sudo that refuses, as one does that would have to ask for a password.
constexpr std::string_view refusing_sudo = "#!/bin/sh\necho sudo: a password is required\nexit 1\n";
/// One that allows all, and notes what it was asked for.
constexpr std::string_view willing_sudo = R"(#!/bin/sh
printf '%s\n' "$*" >>sudo.log
while test "$1" != --; do shift; done
shift
exec "$@"
)";

TEST(Shell, AsksSudoWhereFlukeIsNotRoot) {
  Host host;
  host.write("site.hcl", R"(shell "a" {
  check       = "test -f done"
  command     = "touch done"
  working_dir = "."
  run_as      = "root"
  env         = { STAGE = "test" }
}
)");
  host.environment["PATH"] = (host.root() / "bin").string() + ":" + host.environment["PATH"];
  host.write("bin/sudo", refusing_sudo);
  host.run({"chmod", "-R", "a+rx", "."});
  const auto program = host.as_ordinary_user(host.fluke_program({"run", "site.hcl"}));
  if (!program) {
    GTEST_SKIP() << "another user cannot reach the program here";
  }
  const support::Ran refused = support::run(*program);
  EXPECT_EQ(refused.status, 78);
  EXPECT_NE(refused.out.find("check: sudo does not let fluke run commands as \"root\"; allow it by "
                             "this line of sudoers(5): #"),
            std::string::npos)
      << refused.out;
  EXPECT_NE(refused.err.find("a: sudo: a password is required\n"), std::string::npos);
  host.write("bin/sudo", willing_sudo);
  EXPECT_EQ(support::run(*program).status, 0);
  EXPECT_EQ(host.read("sudo.log"),
            "-n -H -u root --preserve-env=STAGE -- /bin/bash -c test -f done\n"
            "-n -H -u root --preserve-env=STAGE -- /bin/bash -c :\n"
            "-n -H -u root --preserve-env=STAGE -- /bin/bash -c touch done\n"
            "-n -H -u root --preserve-env=STAGE -- /bin/bash -c test -f done\n");
}

/// Runs `program` as an ordinary user, with the real sudo and these lines as /etc/sudoers, which
/// nobody else sees.
support::Ran run_with_sudoers(const Host& host, std::string_view lines,
                              const support::Program& program) {
  const support::TemporaryDirectory of_root;
  std::optional<support::Program> ordinary = host.as_ordinary_user(program);
  if (!ordinary) {
    return {};
  }
  const std::vector<std::string> mount = {
      "/bin/sh", "-c",
      R"(exec unshare --mount --propagation private sh -c 'mount --bind "$0" /etc/sudoers && exec "$@"' "$0" "$@")",
      of_root.write("sudoers", lines)};
  ordinary->arguments.insert(ordinary->arguments.begin(), mount.begin(), mount.end());
  return support::run(*ordinary);
}

/// Whether this machine has a sudo, and lets tests have sudoers of their own.
bool has_sudo(const Host& host) {
  support::Program program = host.fluke_program({});
  program.arguments = {"sudo", "-n", "-u", "daemon", "--", "true"};
  return geteuid() == 0 && std::filesystem::exists("/etc/sudoers") &&
         run_with_sudoers(host, "#65534 ALL=(ALL) NOPASSWD: ALL\n", program).status == 0;
}

TEST(Shell, IsRunByARealSudoAsSudoersSays) {
  const Host host;
  host.write("out/keep", "");
  host.write("site.hcl", R"(shell "a" {
  check       = "test -f out/who"
  command     = "echo $(id -un) $USER $STAGE $FLUKE_RESOURCE >out/who; chmod a+w out/who"
  working_dir = "."
  run_as      = "daemon"
  env         = { STAGE = "test" }
}
)");
  host.run({"chmod", "-R", "a+rwX", "."});
  if (!has_sudo(host)) {
    GTEST_SKIP() << "no sudo here, or none with sudoers of a test's own";
  }
  const support::Program program = host.fluke_program({"run", "site.hcl"});
  const support::Ran refused = run_with_sudoers(host, "", program);
  EXPECT_EQ(refused.status, 78) << refused.out << refused.err;
  constexpr std::string_view before = "allow it by this line of sudoers(5): ";
  const std::size_t at = refused.out.find(before);
  ASSERT_NE(at, std::string::npos) << refused.out;
  const std::string remedy =
      refused.out.substr(at + before.size(), refused.out.find('\n', at) - at - before.size()) +
      "\n";
  EXPECT_EQ(remedy, "#65534 ALL=(daemon) NOPASSWD:SETENV: /bin/bash\n");
  EXPECT_NE(refused.err.find("a: sudo: "), std::string::npos) << refused.err;
  for (const char* lines : {"#65534 ALL=(daemon) ALL, NOPASSWD: /bin/true\n",
                            "#65534 ALL=(daemon) NOPASSWD: /bin/bash\n"}) {
    EXPECT_EQ(run_with_sudoers(host, lines, program).status, 78) << lines;
  }
  const support::Ran ran = run_with_sudoers(host, remedy, program);
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(host.read("out/who"), "daemon daemon test\n");
  host.run({"rm", "out/who"});
  const support::Ran kept =
      run_with_sudoers(host, "Defaults env_keep += \"FLUKE_*\"\n" + remedy, program);
  EXPECT_EQ(kept.status, 0) << kept.out << kept.err;
  EXPECT_EQ(host.read("out/who"), "daemon daemon test a\n");
}

TEST(Shell, WorksInTheHomeThatItsUserAloneMayEnter) {
  const Host host;
  const std::string home = host.write("out/home", "");
  host.write("site.hcl", R"(shell "a" {
  check   = "grep -x /root ${local.home}"
  command = "pwd >${local.home}"
  run_as  = "root"
}
locals {
  home = ")" + home + "\"\n}\n");
  if (!has_sudo(host)) {
    GTEST_SKIP() << "no sudo here, or none with sudoers of a test's own";
  }
  const support::Ran ran = run_with_sudoers(host, "#65534 ALL=(root) NOPASSWD: /bin/bash\n",
                                            host.fluke_program({"run", "site.hcl"}));
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST(Shell, IsLookedAtByDoctorAndValidateWhichStartNothing) {
  const Host host;
  host.write("site.hcl", R"(shell "a" {
  check       = "touch ran"
  command     = "touch ran"
  working_dir = "."
}
shell "b" {
  check   = "touch ran"
  command = "touch ran"
  run_as  = "no.such"
}
)");
  const support::Ran doctor = host.fluke({"doctor", "site.hcl"});
  EXPECT_EQ(doctor.status, 78);
  for (const char* line : {"  a     tasks      \"/bin/bash\" is there; commands work in \"",
                           "  b     tasks      there is no user \"no.such\" on this host; create "
                           "it, or name another\n"}) {
    EXPECT_NE(doctor.out.find(line), std::string::npos) << line << doctor.out;
  }
  const support::Ran validated = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(validated.status, 78);
  EXPECT_EQ(validated.err, R"(error: there is no user "no.such" on this host
  --> site.hcl:9:13
   |
 9 |   run_as  = "no.such"
   |             ^^^^^^^^^ create it, or name another
)");
  EXPECT_FALSE(host.exists("ran"));
  EXPECT_FALSE(host.exists("home/ran"));
  EXPECT_EQ(host.fluke({"run", "--only", "b", "site.hcl"}).status, 78);
}

}  // namespace
