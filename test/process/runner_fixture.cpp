#include "process/runner_fixture.h"

#include <cstdlib>
#include <string_view>

#include "text/lines.h"

process::Command RunnerTest::shell(std::string script) const {
  return {.program = "/bin/sh",
          .arguments = {"-c", std::move(script)},
          .environment = {"PATH=/usr/bin:/bin"},
          .working_dir = directory_.path()};
}

process::Result RunnerTest::run(const process::Command& command, std::chrono::milliseconds grace) {
  process::PosixRunner runner(cancellation_, grace);
  return runner.run(command, [this](std::string_view some) {
    text::for_each_line(some, [this](std::string_view line) { lines_.emplace_back(line); });
  });
}

int RunnerTest::number_in(const char* file) const {
  return std::atoi(support::read_file(directory_.path() / file).c_str());
}

bool RunnerTest::exists(const char* file) const {
  return std::filesystem::exists(directory_.path() / file);
}

bool is_alive(int pid) {
  const std::string stat = support::read_file("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = stat.rfind(") ");
  return name_end != std::string::npos && stat[name_end + 2] != 'Z' && stat[name_end + 2] != 'X';
}
