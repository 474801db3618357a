#include "support/fake_runner.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace support {

std::string spelled(const process::Command& command) {
  std::string line = command.program.filename();
  for (const std::string& argument : command.arguments) {
    line += " " + argument;
  }
  return line;
}

void FakeRunner::answer(std::string_view part, process::Result result) {
  answers_.emplace_back(part, std::move(result));
}

process::Result FakeRunner::run(const process::Command& command, const process::LineSink& on_line) {
  commands_.push_back(command);
  const std::string line = spelled(command);
  const auto answer = std::ranges::find_if(answers_, [&line](const auto& candidate) {
    return line.find(candidate.first) != std::string::npos;
  });
  if (answer == answers_.end()) {
    ADD_FAILURE() << "nobody expected this command: " << line;
    return {.ending = process::Exited{99}};
  }
  process::Result result = std::move(answer->second);
  answers_.erase(answer);
  if (on_run) {
    on_run(command);
  }
  std::string printed =
      command.streams == process::Streams::merged ? result.output : result.error_output;
  if (on_line && !printed.empty()) {
    on_line(printed.ends_with('\n') ? printed : printed + '\n');
  }
  return result;
}

}  // namespace support
