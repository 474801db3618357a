// Versions of fluke, and what a manifest demands of them: ">= 0.2, < 1.0".
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace manifest {

/// Major, minor and patch.
using Version = std::array<int, 3>;

/// Of `0.2.1`, up to the first character that is part of no number; what is left out is 0.
[[nodiscard]] std::optional<Version> parse_version(std::string_view text);

/// Bounds that a version has to keep, all of them.
class VersionConstraint {
 public:
  /// Terraform's: a list, separated by commas, of versions with one of = != > >= < <= ~> before
  /// them. None stands for "=", and "~> 1.2.3" for "at least 1.2.3, and the same 1.2".
  [[nodiscard]] static std::optional<VersionConstraint> parse(std::string_view text);

  [[nodiscard]] bool admits(const Version& version) const;

 private:
  enum class Relation { equal, unequal, greater, at_least, less, at_most, compatible };
  struct Bound {
    Relation relation = Relation::equal;
    Version version = {};
    /// How many of its numbers are written.
    std::size_t precision = 3;
  };

  [[nodiscard]] static std::optional<Bound> parse_bound(std::string_view text);
  [[nodiscard]] static bool keeps(const Version& version, const Bound& bound);

  std::vector<Bound> bounds_;
};

}  // namespace manifest
