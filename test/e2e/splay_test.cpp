// Runs that wait for their turn, and what the journal gets.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <utility>

#include "e2e/deploy_host.h"

namespace {

using e2e::DeployHost;

TEST(Splay, WaitsForItsTurnAndTellsOfItIfVerbose) {
  const DeployHost host;
  const support::Ran ran = host.fluke({"run", "--splay", "1ms", "-v", "site.hcl"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(std::regex_search(
      ran.err,
      std::regex("^fluke: waiting 0\\.00s of up to 1ms; each host waits for its own time\n")))
      << ran.err;
  EXPECT_EQ(host.fluke({"run", "--splay", "1ms", "-q", "site.hcl"}).err, "");
}

TEST(Splay, EndsByASignalInOrder) {
  const DeployHost host;
  support::Running running(host.fluke_program({"run", "--splay", "10000h", "-v", "site.hcl"}));
  e2e::wait_for(running, "fluke: waiting ");
  running.send(SIGTERM);
  const support::Ran ran = running.wait();
  EXPECT_EQ(ran.signal, SIGTERM);
  EXPECT_TRUE(ran.out.starts_with("deploy  skipped    not reached: interrupted by SIGTERM\n"))
      << ran.out;
  EXPECT_NE(ran.err.find("fluke: stopped by SIGTERM; 1 resource was not run\n"), std::string::npos)
      << ran.err;
  EXPECT_FALSE(host.exists("app/done"));
}

/// A shell in which standard error is the journal, as far as fluke can tell.
std::string run_in_journal(const DeployHost& host, const std::string& arguments) {
  host.write("err", "");
  static_cast<void>(host.run({"sh", "-c",
                              "JOURNAL_STREAM=$(stat -c %d:%i err) " FLUKE_BINARY " " + arguments +
                                  " 2>err >out || true"}));
  return host.read("err");
}

/// How often `part` comes in `text`, and how many lines there are.
std::pair<int, int> counted(const std::string& text, const std::string& part) {
  int found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) {
    ++found;
  }
  return {found, static_cast<int>(std::ranges::count(text, '\n'))};
}

TEST(Journal, GetsAPriorityWithEachLine) {
  const DeployHost host("[tasks]\ncheck = 'false'\napply = 'echo no disk; exit 3'\n");
  const std::string live = run_in_journal(host, "run site.hcl");
  EXPECT_NE(live.find("<6>deploy: no disk\n"), std::string::npos) << live;
  const auto [informed, live_lines] = counted(live, "<6>deploy: ");
  EXPECT_EQ(informed, live_lines) << live;
  EXPECT_EQ(host.read("out").find('<'), std::string::npos) << host.read("out");

  const std::string failed = run_in_journal(host, "run -q site.hcl");
  EXPECT_NE(failed.find("<3>deploy: no disk\n"), std::string::npos) << failed;
  const auto [errors, failed_lines] = counted(failed, "<3>deploy: ");
  EXPECT_EQ(errors, failed_lines) << failed;

  EXPECT_TRUE(run_in_journal(host, "run nowhere.hcl").starts_with("<3>error: "));
}

TEST(Journal, HoldsNoEntryThatATaskMadeUp) {
  const DeployHost host(R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = '''
printf 'one\000<0>two\n\033[31m<0>red\033[0m\n'
head -c 49144 /dev/zero | tr '\000' a
echo '<0>three'
touch done
'''
)");
  const std::string written = run_in_journal(host, "run site.hcl");
  EXPECT_NE(written.find("<6>deploy: one\\x00<0>two\n<6>deploy: <0>red\n"), std::string::npos)
      << written.substr(0, 400);
  const auto [with_priority, lines] = counted(written, "\n<6>");
  EXPECT_EQ(with_priority + 1, lines) << written.substr(0, 400);
  std::istringstream all(written);
  for (std::string line; std::getline(all, line);) {
    EXPECT_LT(line.size(), 48U * 1024);
  }
}

}  // namespace
