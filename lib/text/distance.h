// Finds the name that somebody probably meant: the engine behind every "did you mean".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace text {

/// The number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into
/// `b` (the restricted Damerau-Levenshtein distance), counted in bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The one of `known` that is nearest to `wanted`, or nothing if none is near enough to be worth
/// suggesting (a third of the longer name, at least one edit). The first of equals wins.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view wanted,
                                                      std::span<const std::string> known);
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view wanted,
                                                      std::span<const std::string_view> known);

}  // namespace text
