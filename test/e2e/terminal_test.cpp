// What a person sees on a terminal.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

#include "e2e/deploy_host.h"
#include "file/descriptor.h"
#include "support/killing.h"
#include "support/program.h"

namespace {

using e2e::DeployHost;

/// A pseudo-terminal, of which this is the other end.
class Terminal {
 public:
  explicit Terminal(unsigned short columns = 80)
      : end_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)),
        hold_((grantpt(end_.get()), unlockpt(end_.get()),
               ::open(name().c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC))) {
    winsize size{};
    size.ws_col = columns;
    ::ioctl(end_.get(), TIOCSWINSZ, &size);
  }

  [[nodiscard]] std::string name() const { return ptsname(end_.get()); }

  /// What has been written and not been read yet.
  [[nodiscard]] std::string read_available() const {
    std::string text;
    std::array<char, 4096> buffer{};
    pollfd readable{.fd = end_.get(), .events = POLLIN, .revents = 0};
    while (::poll(&readable, 1, 0) == 1) {
      const ssize_t count = ::read(end_.get(), buffer.data(), buffer.size());
      if (count <= 0) {
        break;
      }
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
  }

 private:
  file::Descriptor end_;
  /// As long as one end is open on the other side, nothing that was written is lost.
  file::Descriptor hold_;
};

/// What a run shows on a terminal. One of its tasks waits for the file "go", which is written once
/// `awaited` is there.
std::string run_until(DeployHost& host, std::string_view awaited) {
  host.environment["TERM"] = "xterm";
  host.environment.erase("CI");
  const Terminal terminal;
  support::Program program = host.fluke_program({"run", "--color", "never", "site.hcl"});
  program.terminal = terminal.name();
  support::Running running(program);
  std::string seen;
  for (int tries = 0; tries < 6000 && seen.find(awaited) == std::string::npos; ++tries) {
    ::usleep(10000);
    seen += terminal.read_available();
  }
  host.write("go", "");
  EXPECT_EQ(running.wait().status, 0);
  return seen + terminal.read_available();
}

class OnATerminal : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::has_terminals()) {
      GTEST_SKIP() << "there are no terminals here: /dev/pts is not mounted";
    }
  }
};

TEST_F(OnATerminal, AStatusLineSaysWhatRunsAndIsGoneWhenItIsDone) {
  DeployHost host(
      "[tasks]\ncheck = 'test -f done'\napply = 'until test -f ../go; do sleep 0.05; done; touch "
      "done'\n");
  const std::string seen = run_until(host, "\r[1/1] deploy: apply ");
  EXPECT_NE(seen.find("\r[1/1] deploy: apply "), std::string::npos) << seen;
  // The terminal's driver writes a carriage return before each line end.
  const std::size_t summary = seen.find("deploy  applied ");
  ASSERT_NE(summary, std::string::npos) << seen;
  // A task's output clears it too; after a short phase it has not come back by then.
  const std::size_t status_line = seen.rfind("\r[1/1] ", summary);
  EXPECT_LT(seen.find("\r\x1b[K", status_line), summary) << seen;
  EXPECT_EQ(seen.find('\x1b', summary), std::string::npos) << seen;
}

TEST_F(OnATerminal, AStatusLineSaysWhoIsNotified) {
  DeployHost host(
      "[tasks]\ncheck = 'true'\napply = 'true'\n"
      "alert = 'until test -f ../go; do sleep 0.05; done'\n");
  host.write("site.hcl", host.read("site.hcl") +
                             "notify \"ops\" {\n  working_dir = \"app\"\n"
                             "  task = \"alert\"\n  on = [\"satisfied\"]\n}\n");
  const std::string seen = run_until(host, "\rops: notify ");
  const std::size_t status_line = seen.find("\rops: notify ");
  ASSERT_NE(status_line, std::string::npos) << seen;
  const std::size_t told = seen.find("fluke: notified ops in ");
  EXPECT_LT(seen.find("\r\x1b[K", status_line), told) << seen;
  EXPECT_EQ(seen.find('\x1b', told), std::string::npos) << seen;
}

TEST_F(OnATerminal, ThereIsNoStatusLineWhereItCannotBeRedrawn) {
  for (const auto& [variable, value] : {std::pair{"TERM", "dumb"}, std::pair{"CI", "true"}}) {
    DeployHost host("[tasks]\ncheck = 'sleep 0.5'\napply = 'true'\n");
    host.environment["TERM"] = "xterm";
    host.environment[variable] = value;
    const Terminal terminal;
    support::Program program = host.fluke_program({"run", "--color", "never", "site.hcl"});
    program.terminal = terminal.name();
    EXPECT_EQ(support::run(program).status, 0);
    EXPECT_EQ(terminal.read_available().find("[1/1]"), std::string::npos) << variable;
  }
}

TEST_F(OnATerminal, TheOutputOfATaskCannotActOnIt) {
  DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = 'printf "\033[2Jcleared\n"; touch done'
)");
  host.environment["TERM"] = "dumb";
  const Terminal terminal;
  support::Program program = host.fluke_program({"run", "site.hcl"});
  program.terminal = terminal.name();
  EXPECT_EQ(support::run(program).status, 0);
  const std::string seen = terminal.read_available();
  EXPECT_NE(seen.find("deploy: \\x1b[2Jcleared"), std::string::npos) << seen;
  EXPECT_EQ(seen.find('\x1b'), std::string::npos) << seen;
}

TEST_F(OnATerminal, TheColoursOfATaskPassAndEndWithTheLine) {
  DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = 'printf "\033[31mred\n\342\200\256turned\033[2J\n"; touch done'
)");
  host.environment["TERM"] = "xterm";
  host.environment["CI"] = "true";
  for (const bool is_coloured : {true, false}) {
    const Terminal terminal;
    std::filesystem::remove(host.root() / "app/done");
    support::Program program =
        host.fluke_program({"run", "--color", is_coloured ? "auto" : "never", "site.hcl"});
    program.terminal = terminal.name();
    EXPECT_EQ(support::run(program).status, 0);
    const std::string seen = terminal.read_available();
    const std::string expected =
        is_coloured ? "deploy:\x1b[0m \x1b[31mred\x1b[0m\r\n" : "deploy: red\r\n";
    EXPECT_NE(seen.find(expected), std::string::npos) << seen;
    EXPECT_NE(seen.find(" \\xe2\\x80\\xaeturned\\x1b[2J\r\n"), std::string::npos) << seen;
  }
}

TEST_F(OnATerminal, NobodyWhoStopsReadingHoldsARunUp) {
  DeployHost host("[tasks]\ncheck = 'false'\napply = 'touch begun; yes'\n");
  host.environment["TERM"] = "xterm";
  const Terminal terminal;
  support::Program program = host.fluke_program({"run", "--timeout", "2s", "site.hcl"});
  program.redirected[2] = terminal.name();
  support::Running running(program);
  for (int tries = 0; tries < 6000 && !support::has_ended(running.pid()); ++tries) {
    ::usleep(10000);
  }
  ASSERT_TRUE(support::has_ended(running.pid()));
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.out.find("ran past its deadline of 2s"), std::string::npos) << ran.out;
}

TEST_F(OnATerminal, ALongNameInAFewColumnsLeavesRoomForTheOutcome) {
  DeployHost host("[tasks]\ncheck = 'sleep 0.5; true'\napply = 'true'\n");
  const std::string name = "a" + std::string(58, '-') + "z";
  host.write("site.hcl", "mise \"" + name +
                             "\" {\n  working_dir = \"app\"\n}\nmise \"b\" {\n  working_dir "
                             "= \"app\"\n}\n");
  host.environment["TERM"] = "xterm";
  host.environment.erase("CI");
  const Terminal terminal(40);
  support::Program program = host.fluke_program({"run", "--color", "never", "site.hcl"});
  program.terminal = terminal.name();
  EXPECT_EQ(support::run(program).status, 0);
  const std::string seen = host.normalised(terminal.read_available());
  EXPECT_NE(seen.find("[1/2] " + name.substr(0, 20)), std::string::npos) << seen;
  EXPECT_NE(seen.find(name + "  satisfied  check <time>\r\n"), std::string::npos) << seen;
  EXPECT_NE(seen.find("b" + std::string(19, ' ') + "  satisfied  check <time>\r\n"),
            std::string::npos)
      << seen;
}

constexpr const char* broken = "[tasks]\ncheck = 'false'\napply = 'exit 3'\n";

TEST_F(OnATerminal, ARunThatFailsEndsWithWhatToTypeNext) {
  DeployHost host(broken);
  host.environment["TERM"] = "dumb";
  const Terminal terminal;
  support::Program program = host.fluke_program({"run", "--color", "never", "site.hcl"});
  program.terminal = terminal.name();
  EXPECT_EQ(support::run(program).status, 1);
  const std::string seen = terminal.read_available();
  EXPECT_TRUE(
      seen.ends_with("\r\nnext:\r\n  fluke run -v --only deploy site.hcl  # tries again what "
                     "failed, and shows all that it prints\r\n"))
      << seen;
}

TEST_F(OnATerminal, AQuietRunDoesNotSayWhatToTypeNext) {
  DeployHost host(broken);
  host.environment["TERM"] = "dumb";
  const Terminal terminal;
  support::Program program = host.fluke_program({"run", "--quiet", "site.hcl"});
  program.terminal = terminal.name();
  EXPECT_EQ(support::run(program).status, 1);
  EXPECT_EQ(terminal.read_available().find("next:"), std::string::npos);
}

TEST(OnNoTerminal, NobodyIsToldWhatToTypeNext) {
  DeployHost host(broken);
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.err.find("next:"), std::string::npos) << ran.err;
}

}  // namespace
