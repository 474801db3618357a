// A runner that starts nothing: it writes down what it was asked to run and answers from a list.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "process/runner.h"

namespace support {

/// "mise run check": the name of the program and its arguments, joined by spaces.
[[nodiscard]] std::string spelled(const process::Command& command);

class FakeRunner : public process::Runner {
 public:
  /// The next command whose spelling contains `part` gets `result`; the lines of its output are
  /// told to the sink. Each answer is given once; the first one that fits is taken.
  void answer(std::string_view part, process::Result result);

  /// Called with each command before its answer is given, to do what the real one would.
  std::function<void(const process::Command&)> on_run;

  /// The commands so far, in order.
  [[nodiscard]] const std::vector<process::Command>& commands() const { return commands_; }

  /// A command that no answer fits fails the test and counts as exited with status 99.
  [[nodiscard]] process::Result run(const process::Command& command,
                                    const process::LineSink& on_line) override;

 private:
  std::deque<std::pair<std::string, process::Result>> answers_;
  std::vector<process::Command> commands_;
};

}  // namespace support
