// A started process: the only place that knows pids.
#pragma once

#include <sys/types.h>

#include <optional>
#include <tl/expected.hpp>

#include "process/command.h"
#include "process/descriptor.h"
#include "process/result.h"

namespace process {

/// A child in a session and process group of its own. The group keeps its number for as long as the
/// Child lives, even when the process has ended: it is reaped only then, so that a signal to the
/// group cannot hit a stranger.
class Child {
 public:
  [[nodiscard]] static tl::expected<Child, NotStarted> start(const Command& command);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Reaps the process if it has ended; never waits.
  ~Child();

  /// How it ended (Exited or Signalled), once it has.
  [[nodiscard]] std::optional<Ending> ended() const;

  void signal_group(int signal) const;

  /// Whether anybody in its process group is alive.
  [[nodiscard]] bool has_living_group() const;

  /// Becomes readable when the process ends.
  [[nodiscard]] int descriptor() const { return process_.get(); }

  /// The reading ends of its streams, which do not block; `errors` only where they are separate.
  Descriptor output;
  Descriptor errors;

 private:
  explicit Child(pid_t pid) : pid_(pid) {}

  pid_t pid_;
  Descriptor process_;
};

}  // namespace process
