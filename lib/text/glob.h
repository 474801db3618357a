// Matches names against patterns with "*" and "?", as people type them to mean several. Brackets
// mean themselves: they are part of names.
#pragma once

#include <string_view>

namespace text {

/// Whether `pattern` has a character that does not mean itself.
[[nodiscard]] bool is_glob(std::string_view pattern);

/// Whether all of `name` matches: "*" stands for any text, "?" for one character. Takes time in
/// proportion to the product of both lengths at worst.
[[nodiscard]] bool matches_glob(std::string_view pattern, std::string_view name);

}  // namespace text
