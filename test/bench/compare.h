// Compares two ways to do the same work as whole processes, in turn (ABAB…), so that a machine
// whose speed drifts slows both alike. What counts is the ratio pair by pair.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bench {

struct Contender {
  std::string name;
  /// Absolute path of the program, and its arguments.
  std::vector<std::string> arguments;
  std::filesystem::path directory;
};

/// What one run cost.
struct Cost {
  double wall_seconds = 0;
  double cpu_seconds = 0;
};

struct Comparison {
  std::vector<Cost> baseline;
  std::vector<Cost> candidate;
};

/// Runs both once to warm up and then `pairs` times each, their output thrown away. Ends the
/// program with a message if one of them exits with a status other than 0.
[[nodiscard]] Comparison compare(const Contender& baseline, const Contender& candidate, int pairs);

/// Runs it once and returns the peak memory of the process itself, in KiB. wait4(2) would tell the
/// greatest of it and its children, so /proc is read while it runs.
[[nodiscard]] long peak_memory(const Contender& contender);

[[nodiscard]] double median(std::vector<double> values);

/// Prints a line: the median costs of both and the median, least and greatest ratio of wall time.
void print(const std::string& work, const Comparison& comparison, double goal);

}  // namespace bench
