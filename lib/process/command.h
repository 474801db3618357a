// What to run, as data.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace process {

/// Where a child's standard output and standard error go.
enum class Streams {
  /// Both into one pipe, in the order in which the child writes.
  merged,
  /// Each into its own, so that standard output can be read by a program.
  separate,
};

/// One program to start: never a line for a shell.
struct Command {
  /// Absolute path of the executable.
  std::filesystem::path program;

  /// The arguments after the program's own name (which is the last component of `program`).
  std::vector<std::string> arguments;

  /// The whole environment, "NAME=value" each.
  std::vector<std::string> environment;

  std::filesystem::path working_dir;

  Streams streams = Streams::merged;

  /// How long it may take; without one it may take for ever.
  std::optional<std::chrono::milliseconds> deadline;

  /// How much of its standard output is kept (the last bytes, or with separate streams the first
  /// ones; then more than this counts as an overflow). Standard error on its own keeps 64 KiB.
  std::size_t keep_bytes = std::size_t{64} * 1024;

  /// What it reads from standard input; if empty, that is /dev/null.
  std::string input;
};

}  // namespace process
