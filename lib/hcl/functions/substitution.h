// Finds matches in a text and replaces them, with the original's rules about empty matches.
#pragma once

#include <re2/re2.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcl::functions {

/// The whole match and then its groups; a group that took no part has no data.
using Match = std::vector<re2::StringPiece>;

/// The first match in `text` that begins at byte `start` or behind it.
[[nodiscard]] std::optional<Match> find(const RE2& regex, std::string_view text, std::size_t start);

/// Calls `use` with every match from left to right, until it returns false. Matches do not overlap,
/// and an empty one right behind another does not count.
void for_each_match(const RE2& regex, std::string_view text,
                    const std::function<bool(const Match& match)>& use);

// `text` with all occurrences replaced; nothing if the result would be larger than a value may be.

/// An empty `wanted` stands before every character and at the end.
[[nodiscard]] std::optional<std::string> substituted(std::string_view text, std::string_view wanted,
                                                     std::string_view replacement);
/// In `replacement`, $1 or ${1} stands for a group, $name or ${name} for a named one, $$ for a
/// dollar.
[[nodiscard]] std::optional<std::string> substituted(std::string_view text, const RE2& regex,
                                                     std::string_view replacement);

}  // namespace hcl::functions
