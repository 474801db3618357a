// How much the evaluation of a configuration may take: a few lines can describe work for years, or
// more values than fit into memory.
#pragma once

#include <cstdint>
#include <optional>

#include "diagnostic/diagnostic.h"

namespace hcl {

/// One for all the expressions of a configuration, whose values stay. Once it is spent, every
/// expression is unknown.
class Budget {
 public:
  struct Limits {
    /// A node is one step, and so is each part of a value that is worked on as a whole. This many
    /// take about two seconds.
    std::uint64_t steps = 20'000'000;
    /// Of the values that are there at one time, counted as Value::size() counts.
    std::uint64_t size = 64'000'000;
  };

  Budget() = default;
  explicit Budget(Limits limits) : limits_(limits) {}

  void spend(std::uint64_t steps) { used_.steps += steps; }
  /// Counts a value that is made, or a part of one.
  void make(std::uint64_t size) { used_.size += size; }
  [[nodiscard]] bool is_spent() const {
    return used_.steps > limits_.steps || used_.size > limits_.size;
  }

  /// What took so much within the expression: the loop furthest out calls last, and wins.
  void blame(diagnostic::Range range) { blamed_ = range; }

  /// What stands at `place` takes a share of it.
  class Share;

 private:
  struct Largest {
    diagnostic::Place place;
  };
  Limits limits_;
  Limits used_{.steps = 0, .size = 0};
  std::optional<diagnostic::Range> blamed_;
};

}  // namespace hcl
