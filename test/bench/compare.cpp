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

[[noreturn]] void give_up(const Contender& contender, const char* what) {
  fmt::print(stderr, "bench: {} {}:", contender.name, what);
  for (const std::string& argument : contender.arguments) {
    fmt::print(stderr, " {}", argument);
  }
  fmt::print(stderr, "\n");
  std::exit(1);
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
  posix_spawn_file_actions_addopen(&actions, 1, contender.output.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_addchdir_np(&actions, contender.directory.c_str());
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv.front(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    give_up(contender, "cannot be started");
  }
  return pid;
}

void require_success(const Contender& contender, int status) {
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    give_up(contender, "failed");
  }
}

/// The high-water mark of a process that runs, in bytes, or 0.
double high_water_mark(pid_t pid) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return 1024 * std::strtod(line.c_str() + 6, nullptr);
    }
  }
  return 0;
}

}  // namespace

Cost run(const Contender& contender) {
  contender.prepare();
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = start(contender);
  int status = 0;
  rusage usage{};
  ::wait4(pid, &status, 0, &usage);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  require_success(contender, status);
  return {.wall = wall.count(), .cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

double peak_memory(const Contender& contender) {
  contender.prepare();
  const pid_t pid = start(contender);
  double peak = 0;
  int status = 0;
  while (::waitpid(pid, &status, WNOHANG) == 0) {
    peak = std::max(peak, high_water_mark(pid));
    ::usleep(1000);
  }
  require_success(contender, status);
  return peak;
}

Comparison compare(const Contender& baseline, const Contender& candidate, int pairs) {
  static_cast<void>(run(baseline));
  static_cast<void>(run(candidate));
  Comparison comparison;
  for (int pair = 0; pair < pairs; ++pair) {
    comparison.baseline.push_back(run(baseline));
    comparison.candidate.push_back(run(candidate));
  }
  return comparison;
}

}  // namespace bench
