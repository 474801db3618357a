// A signal in every phase of a run, once and twice, at instants left to chance: what runs is ended,
// nothing new begins, the summary and the report tell what happened, and fluke ends by the signal.
//
// FLUKE_SIGNAL_TRIES says how often each phase is hit; the default is for every day.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "e2e/host.h"
#include "file/descriptor.h"

namespace {

using e2e::Host;
using std::chrono::milliseconds;

int tries() {
  const char* wanted = std::getenv("FLUKE_SIGNAL_TRIES");
  return wanted != nullptr ? std::atoi(wanted) : 4;
}

/// Stands in for git and mise: writes down what it was called for, and in the phase that $HANG
/// names goes on until it is killed.
constexpr std::string_view sleeping_mise = R"(#!/bin/sh
cd "$ROOT" || exit 1
echo "$*" >> log
hang() {
  echo $$ > pid
  touch hanging
  if [ -n "$STUBBORN" ]; then
    trap '' TERM
    while :; do sleep 0.02; done
  fi
  exec sleep 60
}
case "$0 $1 $2" in
  */git*)
    [ "$1" = "$HANG" ] && hang
    exit 1 ;;
  *"tasks ls")
    [ "$HANG" = tasks ] && hang
    echo '[{"name":"check","source":"/x"},{"name":"apply","source":"/x"}]' ;;
  *"run check")
    [ "$HANG" = check ] && hang
    [ "$HANG" = race ] && { touch hanging; sleep 0.05; }
    [ "$HANG" = verify ] && [ -e applied ] && hang
    [ "$HANG" = pause ] && [ -e applied ] && touch hanging
    exit 1 ;;
  *"run apply")
    [ "$HANG" = apply ] && hang
    touch applied ;;
esac
)";

class SignalHost : public Host {
 public:
  SignalHost() {
    environment["ROOT"] = root().string();
    for (const char* name : {"bin/git", "bin/mise"}) {
      std::filesystem::permissions(write(name, sleeping_mise), std::filesystem::perms(0755));
    }
    std::filesystem::create_directory(root() / "app");
    std::filesystem::create_directory(root() / "other");
  }

  [[nodiscard]] support::Program program() const {
    return fluke_program({"run", "--verbose", "--lock-timeout", "60s", "--report",
                          "json=report.json", "--mise", (root() / "bin/mise").string(), "--git",
                          (root() / "bin/git").string(), "site.hcl"});
  }

  /// A host that hangs in `phase`, with another resource behind the one that does.
  void hang_in(const std::string& phase) {
    environment["HANG"] = phase;
    if (phase == "fetch") {
      write("app/.git/HEAD", "ref: refs/heads/main\n");
    }
    const std::string git = "  git {\n    url = \"https://example.org/app.git\"\n  }\n";
    write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  settle = \"60s\"\n" +
                          (phase == "clone" || phase == "fetch" ? git : "") +
                          "}\nmise \"other\" {\n  working_dir = \"other\"\n}\n");
  }

  void wait_until_it_hangs(const support::Running& running) const {
    const auto hangs = [&] {
      return exists("hanging") || (environment.at("HANG") == "lock" &&
                                   running.err_so_far().find("lock: ") != std::string::npos);
    };
    while (!hangs()) {
      std::this_thread::sleep_for(milliseconds(2));
    }
  }

  /// Whether what hung is still there.
  [[nodiscard]] bool still_hangs() const {
    return exists("pid") && ::kill(std::atoi(read("pid").c_str()), 0) == 0;
  }
};

milliseconds by_chance(int most) {
  static std::mt19937 generator(std::random_device{}());
  return milliseconds(std::uniform_int_distribution<>(0, most)(generator));
}

struct Case {
  std::string phase;
  /// As the summary names it.
  std::string told;
};

void PrintTo(const Case& test_case, std::ostream* out) {
  *out << test_case.phase;
}

class Signals : public testing::TestWithParam<Case> {
 protected:
  /// Hits one run and looks at all that it leaves.
  static void hit(int signal, bool twice) {
    const auto& [phase, told] = GetParam();
    SignalHost host;
    host.hang_in(phase);
    if (twice) {
      host.environment["STUBBORN"] = "1";
    }
    const file::Descriptor lock(
        ::open((host.root() / "app").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (phase == "lock") {
      ASSERT_EQ(::flock(lock.get(), LOCK_EX), 0);
    }
    support::Running running(host.program());
    host.wait_until_it_hangs(running);
    std::this_thread::sleep_for(by_chance(60));
    running.send(signal);
    if (twice) {
      std::this_thread::sleep_for(by_chance(60));
      running.send(SIGTERM);
    }
    const support::Ran ran = running.wait();
    SCOPED_TRACE(ran.out + ran.err);
    expect_told(host, ran, signal, told);
    EXPECT_FALSE(host.still_hangs());
    if (phase == "clone" || phase == "fetch") {
      EXPECT_NE(("\n" + host.read("log")).find('\n' + phase + ' '), std::string::npos);
    }
    if (phase != "apply" && phase != "verify" && phase != "pause") {
      EXPECT_EQ(host.read("log").find("run apply"), std::string::npos);
    }
  }

  static void expect_told(const SignalHost& host, const support::Ran& ran, int signal,
                          const std::string& told) {
    const std::string name = std::string("SIG") + sigabbrev_np(signal);
    EXPECT_EQ(ran.signal, signal);
    EXPECT_NE(ran.out.find(told + "interrupted by " + name + " during "), std::string::npos);
    EXPECT_NE(ran.out.find("other   skipped    not reached: interrupted by " + name),
              std::string::npos);
    EXPECT_NE(ran.err.find("fluke: stopped by " + name + "; 1 resource was not run\n"),
              std::string::npos);
    const auto report = nlohmann::json::parse(host.read("report.json"), nullptr, false);
    ASSERT_FALSE(report.is_discarded());
    EXPECT_EQ(report["exit_code"], 128 + signal);
    EXPECT_EQ(report["resources"][1]["outcome"], "skipped");
  }
};

TEST_P(Signals, OneEndsTheRunInOrder) {
  constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (int i = 0; i < tries(); ++i) {
    hit(signals[i % 4], false);
  }
}

TEST_P(Signals, ASecondOneEndsWhatDoesNotHear) {
  constexpr int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (int i = 0; i < (tries() + 2) / 3; ++i) {
    hit(signals[i % 4], true);
  }
}

INSTANTIATE_TEST_SUITE_P(Phases, Signals,
                         testing::Values(Case{"lock", "deploy  failed     lock: "},
                                         Case{"clone", "deploy  failed     sync: "},
                                         Case{"fetch", "deploy  failed     sync: "},
                                         Case{"tasks", "deploy  failed     tasks: "},
                                         Case{"check", "deploy  failed     check: "},
                                         Case{"apply", "deploy  failed     apply: "},
                                         Case{"verify", "deploy  failed     verify: "},
                                         Case{"pause", "deploy  failed     verify: "}),
                         [](const auto& test_case) { return test_case.param.phase; });

TEST(SignalRace, BetweenCheckAndApplyNeverAppliesAfterACheckThatWasInterrupted) {
  int before_apply = 0;
  for (int i = 0; i < 2 * tries(); ++i) {
    SignalHost host;
    host.hang_in("race");
    support::Running running(host.program());
    host.wait_until_it_hangs(running);
    std::this_thread::sleep_for(by_chance(90));
    running.send(SIGINT);
    const support::Ran ran = running.wait();
    SCOPED_TRACE(ran.out + ran.err);
    EXPECT_EQ(ran.signal, SIGINT);
    if (ran.out.find("deploy  failed     check: ") != std::string::npos ||
        ran.out.find("before apply") != std::string::npos) {
      ++before_apply;
      EXPECT_EQ(host.read("log").find("run apply"), std::string::npos);
      EXPECT_FALSE(host.exists("applied"));
    }
  }
  std::cout << before_apply << " of " << 2 * tries() << " signals came before apply\n";
}

}  // namespace
