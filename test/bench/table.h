// The table that the benchmarks fill: a line as soon as it is known, for people, and all of it as
// JSON, for programs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/compare.h"

namespace bench {

/// What of a cost is compared.
enum class Measure { wall, cpu };

class Table {
 public:
  /// Work that fluke and a baseline have done in turn. The goal is met if the median ratio of
  /// fluke's cost to the baseline's is at most `goal`.
  void add_ratio(const std::string& work, const std::string& baseline, const Comparison& comparison,
                 double goal, Measure measure = Measure::wall);

  /// A quantity that is to be at most `goal`, in `unit`.
  void add_limit(const std::string& work, double value, const std::string& unit, double goal);

  /// How a cost grows: `seconds` of processor time for `size` things. There is no goal.
  void add_growth(const std::string& work, int size, double seconds);

  /// The same for a cost that is counted in system calls.
  void add_growth_in_calls(const std::string& work, int size, std::size_t calls);

  /// Work that this machine cannot do.
  void add_skipped(const std::string& work, const std::string& why);

  /// Writes all lines with what is known of the machine.
  void write_json(const std::filesystem::path& file) const;

 private:
  nlohmann::json lines_ = nlohmann::json::array();
};

}  // namespace bench
