// How much the evaluation of a configuration may take: a few lines can describe work for years, or
// more values than fit into memory.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "diagnostic/source_file.h"

namespace hcl {

/// One for all the expressions of a configuration, whose sources outlive it. Once it is spent, all
/// of them are unknown.
class Budget {
 public:
  struct Amount {
    /// A node is one step, and so is each part of a value that is worked on as a whole.
    std::uint64_t steps = 0;
    /// Of the values that are there at one time, counted as Value::size() counts.
    std::uint64_t size = 0;
  };

  /// What one expression takes.
  struct Share {
    const diagnostic::SourceFile* file = nullptr;
    diagnostic::Range range;
    Amount amount;
  };

  /// The steps take about a second.
  static constexpr Amount usual = {.steps = 10'000'000, .size = 32'000'000};

  explicit Budget(Amount limits = usual) : limits_(limits) {}

  void spend(std::uint64_t steps) { used_.steps += steps; }
  /// Counts a value that is made, or a part of one.
  void make(std::uint64_t size) { used_.size += size; }

  [[nodiscard]] bool lacks_steps() const { return used_.steps > limits_.steps; }
  [[nodiscard]] bool lacks_size() const { return used_.size > limits_.size; }
  [[nodiscard]] bool is_spent() const { return lacks_steps() || lacks_size(); }

  [[nodiscard]] const Amount& limits() const { return limits_; }
  [[nodiscard]] const Amount& used() const { return used_; }

  /// What took so much within an expression: the loop furthest out calls last, and wins.
  void blame(diagnostic::Range range) { blamed_ = range; }
  [[nodiscard]] std::optional<diagnostic::Range> take_blamed() {
    return std::exchange(blamed_, std::nullopt);
  }

  /// An expression has taken `share`, and of its size no more than `kept` is there still.
  void settle(const Share& share, std::uint64_t kept);

  /// The share to blame for the end of the budget.
  [[nodiscard]] const Share& largest() const { return lacks_steps() ? most_steps_ : most_size_; }

 private:
  Amount limits_;
  Amount used_;
  std::optional<diagnostic::Range> blamed_;
  Share most_steps_;
  Share most_size_;
};

}  // namespace hcl
