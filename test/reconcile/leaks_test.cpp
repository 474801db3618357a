// What is left of a run when it is over: nothing, however often and with however many resources.
// The engine and the runner are the real ones, and mise is a program that does as little as it can.
//
// FLUKE_LEAK_RUNS and FLUKE_LEAK_RESOURCES in the environment say how many (1,000 resources and
// 200 runs are a matter of minutes); the defaults are for every day.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>

#include "process/posix_runner.h"
#include "reconcile/site.h"
#include "support/killing.h"

namespace reconcile::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view stand_in = R"(#!/bin/sh
case "$1 $2" in
  "tasks ls") echo '[{"name":"check","source":"/x"},{"name":"apply","source":"/x"}]' ;;
  "run check") test -e done ;;
  "run apply") : > done; echo applied ;;
esac
)";

#ifdef __SANITIZE_ADDRESS__
// It keeps 256 MiB of freed memory, in pages that the kernel may make large, and looks for leaks by
// itself.
constexpr long most_growth_kib = 512L * 1024;
#else
constexpr long most_growth_kib = 1024;
#endif

int number(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::atoi(text) : otherwise;
}

/// What this process has open, as "3 -> /dev/null".
std::set<std::string> descriptors() {
  std::set<std::string> found;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const fs::path target = fs::read_symlink(entry.path(), gone);
    // The descriptor that lists the others is gone by now.
    if (!gone) {
      found.insert(entry.path().filename().native() + " -> " + target.native());
    }
  }
  return found;
}

long resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) {
      return std::atol(line.c_str() + 6);
    }
  }
  return 0;
}

std::vector<std::string> names(int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) {
    all.push_back("r" + std::to_string(i));
  }
  return all;
}

TEST(Leaks, AreNoneHoweverOftenTheEngineRuns) {
  Site site(names(number("FLUKE_LEAK_RESOURCES", 10)));
  site.mise = site.directory.write("mise", stand_in);
  fs::permissions(*site.mise, fs::perms::owner_all);
  process::PosixRunner runner(site.signals.cancellation());
  std::vector<const manifest::Resource*> resources;
  for (const manifest::Resource& resource : site.resources) {
    resources.push_back(&resource);
  }
  World world{.runner = runner,
              .cancellation = site.signals.cancellation(),
              .environment = site.environment,
              .programs = {{"mise", *site.mise}}};
  const auto run = [&] {
    site.observer.events.clear();
    const RunOutcome outcome = reconcile(resources, site.options, world, site.observer);
    EXPECT_EQ(outcome.count(Outcome::failed), 0U) << dump(outcome);
  };
  // The first one applies, the second one finds all satisfied: all buffers have their size then.
  run();
  run();
  const std::set<std::string> open = descriptors();
  const long resident = resident_kib();
  const int runs = number("FLUKE_LEAK_RUNS", 10);
  for (int i = 0; i < runs; ++i) {
    run();
  }
  EXPECT_EQ(descriptors(), open);
  EXPECT_EQ(support::children_of(getpid()), std::vector<pid_t>());
  const long growth = resident_kib() - resident;
  EXPECT_LE(growth, most_growth_kib);
  std::cout << runs << " runs of " << resources.size() << " resources, memory grew by " << growth
            << " KiB\n";
}

}  // namespace
}  // namespace reconcile::testing
