// Choices that a seed decides, the same on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace generate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// Less than `bound`, which is not 0. The standard distributions differ between libraries; this
  /// does not.
  [[nodiscard]] std::size_t below(std::size_t bound) { return engine_() % bound; }
  /// From `low` to `high`, both included.
  [[nodiscard]] std::size_t between(std::size_t low, std::size_t high) {
    return low + below(high - low + 1);
  }
  [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }

  template <std::size_t size>
  [[nodiscard]] std::string one_of(const char* const (&choices)[size]) {
    return choices[below(size)];
  }
  template <typename Choices>
  [[nodiscard]] const auto& pick(const Choices& choices) {
    return choices[below(std::size(choices))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace generate
