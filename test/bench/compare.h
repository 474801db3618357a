// Compares two ways to do the same work as whole processes, in turn (ABAB…), so that a machine
// whose speed drifts slows both alike. What counts is the ratio pair by pair.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct Contender {
  std::string name;
  /// Absolute path of the program, and its arguments.
  std::vector<std::string> arguments;
  std::filesystem::path directory = "/";
  /// Sets the scene before each run; not timed.
  std::function<void()> prepare = [] {};
  /// Where standard output and standard error go. What is there already is written over.
  std::filesystem::path output = "/dev/null";
};

/// What one run cost, in seconds.
struct Cost {
  double wall = 0;
  /// Of the process and of all that it waited for.
  double cpu = 0;
};

struct Comparison {
  std::vector<Cost> baseline;
  std::vector<Cost> candidate;
};

/// Runs both once to warm up and then `pairs` times each. Ends the program with a message if one
/// of them exits with a status other than 0.
[[nodiscard]] Comparison compare(const Contender& baseline, const Contender& candidate, int pairs);

[[nodiscard]] Cost run(const Contender& contender);

/// Runs it once and returns the peak memory of the process itself, in bytes. wait4(2) would tell
/// the greatest of it and its children, so /proc is read while it runs.
[[nodiscard]] double peak_memory(const Contender& contender);

}  // namespace bench
