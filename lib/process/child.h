// A started process: the only place that knows pids.
#pragma once

#include <sys/types.h>

#include <optional>
#include <tl/expected.hpp>

#include "file/descriptor.h"
#include "process/command.h"
#include "process/process_trees.h"
#include "process/result.h"

namespace process {

/// A child in a session of its own. It is reaped only when the Child goes: until then its number
/// stays its own, so that a signal to its tree cannot hit a stranger.
class Child {
 public:
  /// `trees` outlives the child.
  [[nodiscard]] static tl::expected<Child, NotStarted> start(const Command& command,
                                                             ProcessTrees& trees);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  /// Reaps the process if it has ended; never waits.
  ~Child();

  /// How it ended (Exited or Signalled), once it has.
  [[nodiscard]] std::optional<Ending> ended() const;

  /// Signals the process and everyone in its tree.
  void signal_tree(int signal) const;

  /// Whether anybody in its tree is alive, or not reaped yet. Where /proc cannot be read the
  /// answer is yes, for that is the safe one.
  [[nodiscard]] bool tree_lives() const;

  /// Who in its tree is alive, after tree_lives() has said that somebody is.
  [[nodiscard]] Survivors survivors() const;

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Becomes readable when the process ends.
  [[nodiscard]] int descriptor() const { return process_.get(); }

  /// The reading ends of its streams, which do not block; `errors` only where they are separate.
  file::Descriptor output;
  file::Descriptor errors;

 private:
  Child(pid_t pid, ProcessTrees& trees);

  pid_t pid_;
  ProcessTrees* trees_;
  file::Descriptor process_;
};

}  // namespace process
