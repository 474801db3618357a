#include "process/runner.h"

#include <utility>

namespace process {
namespace {

/// A command that runs when somebody asks how it went.
class Deferred : public Started {
 public:
  Deferred(Runner& runner, Command command) : runner_(runner), command_(std::move(command)) {}

  [[nodiscard]] Result wait() override { return runner_.run(command_, {}); }

 private:
  Runner& runner_;
  Command command_;
};

}  // namespace

std::unique_ptr<Started> Runner::start(const Command& command) {
  return std::make_unique<Deferred>(*this, command);
}

}  // namespace process
