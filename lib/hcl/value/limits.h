// How large a value may become. A few lines can describe one that fits into no memory, so whoever
// makes values of other values (the evaluator, a function) compares with these limits first.
#pragma once

#include <cstdint>

namespace hcl {

/// How many levels of collections. What visits a value recurses as deep.
inline constexpr std::uint32_t max_value_depth = 1000;

/// What each part of a value counts in its size, beside the bytes of its text: about a million
/// parts are as much as 16 MB of text.
inline constexpr std::uint64_t part_size = 16;
inline constexpr std::uint64_t max_value_size = 16'000'000;

}  // namespace hcl
