// Every call that fluke issues to the system fails in turn, with every error that a host can meet.
// Whatever fails: fluke ends by itself, says what happened unless it could do without, exits with a
// code that fits, and leaves no half of a file.
//
// By default only the first and the last of each sort of call fail; all of them do with
// FLUKE_FAULTS=all in the environment.
#include <errno.h>
#include <gtest/gtest.h>
#include <string.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "faults/injected.h"

namespace {

using faults::Fault;
using faults::Host;

/// For each call the errors of its manual page that a host can meet; 0 is a transfer of one byte.
const std::map<std::string, std::vector<int>, std::less<>> errors_of = {
    {"open", {EACCES, EINTR, EIO, ELOOP, EMFILE, ENAMETOOLONG, ENFILE, ENOENT, ENOMEM}},
    {"open-to-write", {EACCES, EDQUOT, EINTR, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC, EROFS}},
    {"fopen", {EACCES, EMFILE, ENOMEM}},
    {"opendir", {EACCES, EMFILE, ENFILE, ENOMEM}},
    {"read", {0, EAGAIN, EINTR, EIO}},
    {"write", {0, EDQUOT, EFBIG, EINTR, EIO, ENOSPC}},
    {"write-stdout", {0, EAGAIN, EINTR, EIO, ENOSPC, EPIPE}},
    {"write-stderr", {0, EAGAIN, EINTR, EIO, ENOSPC, EPIPE}},
    {"close", {EINTR, EIO}},
    {"pipe2", {EMFILE, ENFILE}},
    {"fcntl", {EMFILE}},
    {"stat", {EACCES, EIO, ELOOP, ENOMEM}},
    {"lstat", {EACCES, EIO, ENOMEM}},
    {"fstat", {EIO, ENOMEM}},
    {"access", {EACCES, EIO, ELOOP, ENOMEM}},
    {"faccessat", {EACCES, EIO, EROFS}},
    {"realpath", {EACCES, EIO, ELOOP, ENOMEM}},
    {"getcwd", {EACCES, ENOENT, ENOMEM}},
    {"flock", {EINTR, ENOLCK, EOPNOTSUPP, EWOULDBLOCK}},
    {"fsync", {EDQUOT, EIO, ENOSPC, EROFS}},
    {"syncfs", {EDQUOT, EIO, ENOSPC}},
    {"fchmod", {EIO, EPERM, EROFS}},
    {"rename", {EACCES, EDQUOT, EIO, ENOSPC, EROFS}},
    {"renameat2", {EACCES, EDQUOT, EINVAL, EIO, ENOSPC, EROFS}},
    {"mkdir", {EACCES, EDQUOT, EIO, EMLINK, ENOSPC, EROFS}},
    {"mkdtemp", {EACCES, EDQUOT, EIO, ENOSPC, EROFS}},
    {"waitid", {EINTR}},
    {"ppoll", {EINTR, ENOMEM}},
    {"signalfd", {EMFILE, ENFILE, ENOMEM}},
    {"pidfd_open", {EMFILE, ENFILE, ENOMEM}},
    {"posix_spawn", {E2BIG, EACCES, EAGAIN, EIO, ELOOP, ENOENT, ENOEXEC, ENOMEM, ETXTBSY}},
};

bool wants_all() {
  const char* value = std::getenv("FLUKE_FAULTS");
  return value != nullptr && std::string_view(value) == "all";
}

std::set<int> indexes_of(int calls) {
  if (!wants_all()) {
    return {1, calls};
  }
  std::set<int> all;
  for (int i = 1; i <= calls; ++i) {
    all.insert(i);
  }
  return all;
}

/// Every fault that a run which makes these calls can meet.
std::vector<Fault> faults_in(const std::vector<std::string>& log) {
  std::map<std::string, int> calls;
  for (const std::string& line : log) {
    ++calls[line.substr(0, line.find(' '))];
  }
  std::vector<Fault> faults;
  for (const auto& [call, errors] : errors_of) {
    for (const int index : calls.contains(call) ? indexes_of(calls[call]) : std::set<int>()) {
      for (const int error : errors) {
        faults.push_back({.call = call, .index = index, .error = error});
        const bool lasts = error == EMFILE || error == ENOSPC || error == EAGAIN;
        if (lasts && call != "read" && !call.starts_with("write-")) {
          faults.push_back({.call = call, .index = index, .goes_on = true, .error = error});
        }
      }
    }
  }
  return faults;
}

/// The errno's own words, or those in which fluke explains what it stands for.
bool says_why(const support::Ran& ran, const Fault& fault) {
  const std::string said = ran.out + ran.err;
  for (const char* words :
       {static_cast<const char*>(strerror(fault.error)), "which is not an executable file",
        "does not answer as mise does", "another process holds", "does not exist"}) {
    if (said.find(words) != std::string::npos) {
      return true;
    }
  }
  return false;
}

/// What holds for every program that meets a fault.
void expect_orderly_end(const support::Ran& ran, const Fault& fault, const std::set<int>& codes) {
  ASSERT_TRUE(ran.status.has_value()) << "ended by signal " << ran.signal.value_or(0);
  EXPECT_TRUE(codes.contains(*ran.status)) << "exit status " << *ran.status;
  const bool could_do_without = *ran.status == 0 || fault.call == "write-stderr";
  EXPECT_TRUE(could_do_without || says_why(ran, fault));
}

std::string shown(const Fault& fault, const support::Ran& ran) {
  return fault.spelled() + " (" + strerror(fault.error) + ")\n" + ran.out + ran.err;
}

bool is_json(const std::string& text) {
  return !nlohmann::json::parse(text, nullptr, false).is_discarded();
}

TEST(Faults, OfARunAreToldAndLeaveNoHalfOfAReport) {
  std::vector<std::string> arguments;
  std::vector<Fault> faults;
  {
    const Host host;
    arguments = {"run",      "--mise",           (host.root() / "mise").string(),
                 "--report", "json=report.json", "site.hcl"};
    faults = faults_in(host.log_of(arguments));
  }
  ASSERT_GT(faults.size(), 100U);
  for (const Fault& fault : faults) {
    const Host host;
    arguments[2] = (host.root() / "mise").string();
    const support::Ran ran = host.fluke(arguments, {{"FLUKE_FAULT", fault.spelled()}});
    SCOPED_TRACE(shown(fault, ran));
    expect_orderly_end(ran, fault, {0, 1, 66, 69, 73, 75, 78});
    EXPECT_TRUE(!host.exists("report.json") || is_json(host.read("report.json")));
    EXPECT_FALSE(host.holds_half_written_files());
    if (ran.status == 0) {
      EXPECT_TRUE(host.exists("app/done"));
      EXPECT_TRUE(host.exists("report.json"));
    }
  }
}

/// A checkout that a run clones, or one that a run updates.
struct Stage {
  explicit Stage(bool is_cloned) {
    host.git({"init", "-q", "--bare", "-b", "main", "remote.git"});
    host.git({"init", "-q", "-b", "main", "author"});
    commit("one");
    host.write("site.hcl",
               "mise \"deploy\" {\n  working_dir = \"site/app\"\n  settle = \"0s\"\n"
               "  git {\n    url = \"" +
                   (host.root() / "remote.git").string() + "\"\n  }\n}\n");
    if (is_cloned) {
      EXPECT_EQ(run({}).status, 0);
      commit("two");
    }
  }

  void commit(const std::string& text) const {
    host.write("author/version", text + '\n');
    host.git({"-C", "author", "add", "."});
    host.git({"-C", "author", "commit", "-q", "-m", text});
    host.git({"-C", "author", "push", "-q", "../remote.git", "HEAD"});
  }

  [[nodiscard]] std::vector<std::string> arguments() const {
    return {"run", "--mise", (host.root() / "mise").string(), "site.hcl"};
  }

  [[nodiscard]] support::Ran run(const std::map<std::string, std::string>& variables) const {
    return host.fluke(arguments(), variables);
  }

  Host host;
};

class SyncFaults : public testing::TestWithParam<bool> {};

TEST_P(SyncFaults, AreToldAndTheNextRunEndsTheJob) {
  std::vector<Fault> faults;
  {
    const Stage stage(GetParam());
    faults = faults_in(stage.host.log_of(stage.arguments()));
  }
  // What any run meets is tried elsewhere.
  const std::set<std::string> of_sync = {"mkdir",         "mkdtemp", "rename", "renameat2",
                                         "open-to-write", "fsync",   "syncfs", "posix_spawn"};
  std::erase_if(faults, [&](const Fault& fault) {
    const bool is_typical = fault.error == EAGAIN || fault.error == EINVAL || fault.error == ENOSPC;
    return !of_sync.contains(fault.call) || (!wants_all() && (!is_typical || fault.goes_on));
  });
  ASSERT_FALSE(faults.empty());
  for (const Fault& fault : faults) {
    const Stage stage(GetParam());
    const support::Ran ran = stage.run({{"FLUKE_FAULT", fault.spelled()}});
    SCOPED_TRACE(shown(fault, ran));
    expect_orderly_end(ran, fault, {0, 1, 69, 78});
    const support::Ran next = stage.run({});
    EXPECT_EQ(next.status, 0) << next.out << next.err;
    EXPECT_EQ(stage.host.read("site/app/version"), GetParam() ? "two\n" : "one\n");
    EXPECT_EQ(stage.host.git({"-C", "site/app", "status", "--porcelain", "--branch"}),
              "## main...origin/main\n?? done\n");
  }
}

/// The first call from `from` on whose line in the log begins and ends so.
std::size_t find_call(const std::vector<std::string>& log, std::size_t from, std::string_view begin,
                      std::string_view end) {
  while (from < log.size() && !(log[from].starts_with(begin) && log[from].ends_with(end))) {
    ++from;
  }
  return from;
}

TEST_P(SyncFaults, NothingCountsAsDoneBeforeItIsOnTheDisk) {
  const Stage stage(GetParam());
  const std::vector<std::string> log = stage.host.log_of(stage.arguments());
  std::vector<std::pair<std::string_view, std::string_view>> order = {
      {"open-to-write ", "/fluke-update"}};
  if (GetParam()) {
    order.insert(order.end(), {{"fsync ", "/fluke-update"},
                               {"posix_spawn /", "]"},
                               {"syncfs ", "/site/app"},
                               {"unlink ", "/fluke-update"}});
  } else {
    order.insert(order.end(), {{"syncfs ", ""}, {"renameat2 ", "/site/app/.git"}});
  }
  std::size_t at = 0;
  for (const auto& [begin, end] : order) {
    at = find_call(log, at, begin, end);
    EXPECT_LT(at, log.size()) << begin << "... " << end;
  }
}

TEST(Faults, OfAFileSystemThatDoesNotSayWhatItIsLeaveALock) {
  const Stage stage(true);
  stage.host.write("site/app/.git/index.lock", "");
  std::filesystem::last_write_time(
      stage.host.root() / "site/app/.git/index.lock",
      std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  const support::Ran ran =
      stage.run({{"FLUKE_FAULT", Fault{.call = "statfs", .error = EIO}.spelled()}});
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(
      ran.out.find("index.lock\" is in the way: another host may have made it; if no git is at "
                   "work there, remove it with: rm "),
      std::string::npos)
      << ran.out;
  EXPECT_TRUE(stage.host.exists("site/app/.git/index.lock"));
}

INSTANTIATE_TEST_SUITE_P(Of, SyncFaults, testing::Bool(), [](const auto& test_case) {
  return test_case.param ? "Updates" : "Clones";
});

/// The clock of the host is set forth or back by an hour whenever somebody looks at it.
TEST(SteppedClock, ChangesNoDurationAndNoDeadline) {
  for (const char* step : {"3600", "-3600"}) {
    const Host host;
    const support::Ran ran =
        host.fluke({"run", "--mise", (host.root() / "mise").string(), "--timeout", "5m", "--report",
                    "json=report.json", "site.hcl"},
                   {{"FLUKE_CLOCK_STEP", step}});
    EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    const auto report = nlohmann::json::parse(host.read("report.json"), nullptr, false);
    ASSERT_FALSE(report.is_discarded());
    const auto& resource = report["resources"][0];
    for (const auto& duration :
         {report["duration_ms"], resource["duration_ms"], resource["check"]["duration_ms"],
          resource["apply"]["duration_ms"]}) {
      EXPECT_GE(duration.get<long>(), 0);
      EXPECT_LT(duration.get<long>(), 600'000);
    }
  }
}

TEST(Faults, OfFmtAreToldAndLeaveTheFileWhole) {
  const std::string before = "mise \"a\" {\nworking_dir=\"a\"\n}\n";
  const std::string after = "mise \"a\" {\n  working_dir = \"a\"\n}\n";
  const std::vector<std::string> arguments = {"fmt", "a.hcl"};
  std::vector<Fault> faults;
  {
    const Host host;
    host.write("a.hcl", before);
    faults = faults_in(host.log_of(arguments));
  }
  ASSERT_GT(faults.size(), 20U);
  for (const Fault& fault : faults) {
    const Host host;
    host.write("a.hcl", before);
    const support::Ran ran = host.fluke(arguments, {{"FLUKE_FAULT", fault.spelled()}});
    SCOPED_TRACE(shown(fault, ran));
    expect_orderly_end(ran, fault, {0, 1, 66, 73});
    EXPECT_TRUE(host.read("a.hcl") == after || (ran.status != 0 && host.read("a.hcl") == before));
    EXPECT_FALSE(host.holds_half_written_files());
  }
}

/// While root lays out the files of a directory, its owner puts links in their places, at every
/// moment: what the links lead to keeps its bytes.
TEST(FmtRaces, NeverTouchWhatALinkLeadsTo) {
  const std::string untidy = "mise \"a\" {\nworking_dir=\"a\"\n}\n";
  const std::string precious = "precious=1\n";
  for (const char* swap :
       {"ln -sfn ../../precious/a.fluke.hcl site/sub/a.fluke.hcl",
        "rm site/sub/a.fluke.hcl; ln -s ../../precious/absent.fluke.hcl site/sub/a.fluke.hcl",
        "mv site/sub moved; ln -s ../precious site/sub"}) {
    const auto host_with_files = [&] {
      auto host = std::make_unique<Host>();
      host->write("site/sub/a.fluke.hcl", untidy);
      host->write("precious/a.fluke.hcl", precious);
      return host;
    };
    const std::size_t calls = host_with_files()->log_of({"fmt", "site"}).size();
    ASSERT_GT(calls, 20U);
    for (std::size_t call = 1; call <= calls; ++call) {
      const auto host = host_with_files();
      const support::Ran ran =
          host->fluke({"fmt", "site"}, {{"FLUKE_RACE", std::to_string(call) + ":" + swap}});
      SCOPED_TRACE(swap + (" before call " + std::to_string(call) + "\n") + ran.out + ran.err);
      EXPECT_TRUE(ran.status == 0 || ran.status == 66 || ran.status == 73);
      EXPECT_EQ(host->read("precious/a.fluke.hcl"), precious);
      EXPECT_FALSE(host->exists("precious/absent.fluke.hcl"));
    }
  }
}

/// Somebody saves the file in their editor, at every moment but the last, at which it is replaced.
TEST(FmtRaces, KeepWhatSomebodySavesMeanwhile) {
  const std::string untidy = "mise \"a\" {\nworking_dir=\"a\"\n}\n";
  const std::string saved = "saved = 1\n";
  for (const char* save : {"echo 'saved = 1' > a.hcl", "echo 'saved = 1' > new; mv new a.hcl"}) {
    std::vector<std::string> log;
    {
      const Host host;
      host.write("a.hcl", untidy);
      log = host.log_of({"fmt", "a.hcl"});
    }
    ASSERT_GT(log.size(), 10U);
    bool is_told = false;
    for (std::size_t call = 1; call <= log.size(); ++call) {
      if (log[call - 1].starts_with("rename ")) {
        continue;
      }
      const Host host;
      host.write("a.hcl", untidy);
      const support::Ran ran =
          host.fluke({"fmt", "a.hcl"}, {{"FLUKE_RACE", std::to_string(call) + ":" + save}});
      SCOPED_TRACE(save + (" before call " + std::to_string(call) + "\n") + ran.out + ran.err);
      EXPECT_EQ(host.read("a.hcl"), saved);
      EXPECT_FALSE(host.holds_half_written_files());
      if (ran.status != 0) {
        is_told = true;
        EXPECT_EQ(ran.status, 73);
        EXPECT_EQ(ran.err,
                  "fluke: cannot rewrite \"a.hcl\": it was changed or replaced in the "
                  "meantime; run fluke fmt again\n");
      }
    }
    EXPECT_TRUE(is_told);
  }
}

}  // namespace
