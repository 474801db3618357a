// What single characters mean to HCL: which may stand in identifiers (UAX #31), which are space.
// ASCII is answered from a table, the rest by utf8proc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/utf8.h"

namespace hcl::syntax {

/// Bits of `ascii_class`.
inline constexpr std::uint8_t identifier_start = 1;
inline constexpr std::uint8_t identifier_continue = 2;
inline constexpr std::uint8_t digit = 4;

inline constexpr std::array<std::uint8_t, 256> ascii_class = [] {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 'a'; c <= 'z'; ++c) {
    table[c] = table[c - 'a' + 'A'] = identifier_start | identifier_continue;
  }
  for (unsigned c = '0'; c <= '9'; ++c) {
    table[c] = digit | identifier_continue;
  }
  table['_'] = identifier_start | identifier_continue;
  table['-'] = identifier_continue;
  return table;
}();

[[nodiscard]] inline bool has_class(char c, std::uint8_t bits) {
  return (ascii_class[static_cast<unsigned char>(c)] & bits) != 0;
}

/// A byte of a character beyond ASCII, or of none.
[[nodiscard]] inline bool is_foreign(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

/// 0 bytes where the text is empty or not UTF-8.
[[nodiscard]] inline text::CodePoint first_character(std::string_view text) {
  return text::decode_utf8(text).value_or(text::CodePoint{});
}

[[nodiscard]] bool is_identifier_start(char32_t code);
[[nodiscard]] bool is_identifier_continue(char32_t code);

/// Space as strip markers and the indentation of heredocs see it (White_Space).
[[nodiscard]] bool is_space(char32_t code);

/// How many bytes of space `text` begins or ends with.
[[nodiscard]] std::size_t leading_space(std::string_view text);
[[nodiscard]] std::size_t trailing_space(std::string_view text);

}  // namespace hcl::syntax
