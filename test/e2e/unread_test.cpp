// Readers that stop reading: they hold up neither a task nor a deadline nor a signal.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "e2e/deploy_host.h"
#include "file/descriptor.h"
#include "support/killing.h"

namespace {

using e2e::DeployHost;

/// Prints for ever, in lines of a thousand bytes.
constexpr std::string_view chatty = R"(
[tasks.check]
run = "false"
[tasks.apply]
run = "touch begun; tr '\\0' x </dev/zero | fold -w 1000"
)";

/// Prints more than anybody holds for a reader.
constexpr std::string_view long_winded = R"(
[tasks.check]
run = "test -f done"
[tasks.apply]
run = "head -c 4000000 /dev/zero | tr '\\0' x | fold -w 1000; touch done"
)";

/// A host with a FIFO that somebody has opened for reading.
struct UnreadHost : DeployHost {
  explicit UnreadHost(std::string_view tasks) : DeployHost(tasks) {
    EXPECT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    reader = file::Descriptor(::open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  }

  /// `fluke ARGUMENTS…`, with one of its output streams in the FIFO.
  [[nodiscard]] support::Program unread(int stream, std::vector<std::string> arguments) const {
    support::Program program = fluke_program(std::move(arguments));
    program.redirected[stream] = fifo;
    return program;
  }

  /// Waits for as long as it could take, and longer.
  [[nodiscard]] static support::Ran wait(support::Running& running) {
    for (int tries = 0; tries < 6000 && !support::has_ended(running.pid()); ++tries) {
      ::usleep(10000);
    }
    if (!support::has_ended(running.pid())) {
      ADD_FAILURE() << "it hangs";
      running.send(SIGKILL);
    }
    return running.wait();
  }

  /// What is in the FIFO until whoever writes to it closes it.
  [[nodiscard]] std::string read_all() const {
    ::fcntl(reader.get(), F_SETFL, 0);
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 1; count > 0;) {
      count = ::read(reader.get(), buffer.data(), buffer.size());
      text.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return text;
  }

  std::filesystem::path fifo = root() / "fifo";
  file::Descriptor reader;
};

class Unread : public testing::TestWithParam<std::pair<int, std::string>> {
 protected:
  /// A run whose output nobody reads.
  [[nodiscard]] static support::Program run_of(const UnreadHost& host, const std::string& timeout) {
    const auto& [stream, format] = GetParam();
    return host.unread(stream, {"run", "--format", format, "--timeout", timeout, "site.hcl"});
  }
};

TEST_P(Unread, OutputOutlastsNoDeadline) {
  const UnreadHost host(chatty);
  support::Running running(run_of(host, "3s"));
  EXPECT_EQ(UnreadHost::wait(running).status, 1);
}

TEST_P(Unread, OutputOutlastsNoSignal) {
  const UnreadHost host(chatty);
  support::Running running(run_of(host, "0s"));
  while (!host.exists("app/begun")) {
    ::usleep(10000);
  }
  // By now it has stopped waiting, or would never.
  ::sleep(2);
  running.send(SIGTERM);
  EXPECT_EQ(UnreadHost::wait(running).signal, SIGTERM);
}

INSTANTIATE_TEST_SUITE_P(Of, Unread,
                         testing::Values(std::pair{2, std::string("text")},
                                         std::pair{1, std::string("jsonl")}),
                         [](const auto& stream) { return stream.param.second; });

TEST(Unread, StandardErrorDoesNotStopTheTaskAndSaysHowMuchIsLost) {
  const UnreadHost host(long_winded);
  support::Running running(host.unread(2, {"run", "site.hcl"}));
  for (int tries = 0; tries < 6000 && !host.exists("app/done"); ++tries) {
    ::usleep(10000);
  }
  EXPECT_TRUE(host.exists("app/done"));
  const std::string read = host.read_all();
  const support::Ran ran = UnreadHost::wait(running);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(host.normalised(ran.out),
            "deploy  applied    check <time>  apply <time>  verify <time>\n"
            "1 resource: 1 applied in <time>\n");
  EXPECT_TRUE(read.starts_with("deploy: [apply] $ ")) << read.substr(0, 100);
  const std::size_t last = read.rfind("\nfluke: ");
  ASSERT_NE(last, std::string::npos) << read.substr(read.size() - 300);
  EXPECT_TRUE(read.substr(last).starts_with(
      "\nfluke: cannot write to standard error: its reader stopped reading, and "))
      << read.substr(last);
  EXPECT_TRUE(read.ends_with(" bytes of it are lost\n")) << read.substr(last);
}

TEST(Unread, StandardOutputSpoilsAGoodRun) {
  const UnreadHost host(long_winded);
  support::Running running(host.unread(1, {"run", "-q", "--format", "jsonl", "site.hcl"}));
  const support::Ran ran = UnreadHost::wait(running);
  EXPECT_TRUE(host.exists("app/done"));
  EXPECT_EQ(ran.status, 73);
  EXPECT_TRUE(ran.err.starts_with(
      "fluke: cannot write to standard output: its reader stopped reading, and "))
      << ran.err;
}

TEST(Unread, ReportsSpoilAGoodRun) {
  for (const std::string kind : {"jsonl", "json"}) {
    const UnreadHost host(long_winded);
    support::Running running(
        host.fluke_program({"run", "-q", "--report", kind + "=fifo", "site.hcl"}));
    const support::Ran ran = UnreadHost::wait(running);
    EXPECT_TRUE(host.exists("app/done"));
    EXPECT_EQ(ran.status, 73) << kind;
    EXPECT_TRUE(ran.err.starts_with(
        "fluke: cannot write the report \"fifo\": its reader stopped reading, and "))
        << kind << ran.err;
  }
}

TEST(Unread, FifosWithoutAReaderAreNamed) {
  UnreadHost host(e2e::converging_tasks);
  host.reader.close();
  host.environment["GITHUB_STEP_SUMMARY"] = host.fifo;
  for (const std::string report : {"jsonl=fifo", "json=fifo", "github"}) {
    support::Running running(host.fluke_program({"run", "-q", "--report", report, "site.hcl"}));
    const support::Ran ran = UnreadHost::wait(running);
    EXPECT_EQ(ran.status, 73) << report;
    EXPECT_EQ(ran.err, "fluke: cannot write the report \"" +
                           (report == "github" ? host.fifo.string() : "fifo") +
                           "\": open: No such device or address; a FIFO needs somebody who reads "
                           "it\n");
  }
}

}  // namespace
