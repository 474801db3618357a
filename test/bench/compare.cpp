#include "bench/compare.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

namespace bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

pid_t start(const Contender& contender) {
  std::vector<std::string> arguments = contender.arguments;
  std::vector<char*> argv;
  for (std::string& argument : arguments) {
    argv.push_back(argument.data());
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addchdir_np(&actions, contender.directory.c_str());
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv.front(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    fmt::print(stderr, "cannot start {}\n", contender.name);
    std::exit(1);
  }
  return pid;
}

void require_success(const Contender& contender, int status) {
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fmt::print(stderr, "{} failed\n", contender.name);
    std::exit(1);
  }
}

Cost run(const Contender& contender) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = start(contender);
  int status = 0;
  rusage usage{};
  ::wait4(pid, &status, 0, &usage);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  require_success(contender, status);
  return {.wall_seconds = wall.count(),
          .cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

double median_of(const std::vector<Cost>& costs, double Cost::*member) {
  std::vector<double> values;
  for (const Cost& cost : costs) {
    values.push_back(cost.*member);
  }
  return median(values);
}

/// The high-water mark of a process that runs, or 0.
long high_water_mark(pid_t pid) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::strtol(line.c_str() + 6, nullptr, 10);
    }
  }
  return 0;
}

}  // namespace

long peak_memory(const Contender& contender) {
  const pid_t pid = start(contender);
  long peak = 0;
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    peak = std::max(peak, high_water_mark(pid));
    ::usleep(2000);
  }
  require_success(contender, status);
  return peak;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Comparison compare(const Contender& baseline, const Contender& candidate, int pairs) {
  run(baseline);
  run(candidate);
  Comparison comparison;
  for (int pair = 0; pair < pairs; ++pair) {
    comparison.baseline.push_back(run(baseline));
    comparison.candidate.push_back(run(candidate));
  }
  return comparison;
}

void print(const std::string& work, const Comparison& comparison, double goal) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < comparison.baseline.size(); ++i) {
    ratios.push_back(comparison.candidate[i].wall_seconds / comparison.baseline[i].wall_seconds);
  }
  const auto [least, greatest] = std::ranges::minmax(ratios);
  fmt::print("{}\n  wall {:.3f}s against {:.3f}s   cpu {:.3f}s against {:.3f}s\n", work,
             median_of(comparison.candidate, &Cost::wall_seconds),
             median_of(comparison.baseline, &Cost::wall_seconds),
             median_of(comparison.candidate, &Cost::cpu_seconds),
             median_of(comparison.baseline, &Cost::cpu_seconds));
  fmt::print("  ratio of wall time {:.3f} ({:.3f} to {:.3f} over {} pairs), goal {:.2f}: {}\n",
             median(ratios), least, greatest, ratios.size(), goal,
             median(ratios) <= goal ? "met" : "not met");
}

}  // namespace bench
