// UTF-8 as a reader of bytes needs it: is it valid, where do characters begin, how wide are they
// on a terminal. Grapheme clusters and widths come from utf8proc.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace text {

/// One character and the bytes that spell it.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;
};

/// The character at the start of `bytes`, or nothing if they do not start with a valid UTF-8
/// sequence (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF) or are empty.
[[nodiscard]] std::optional<CodePoint> decode_utf8(std::string_view bytes);

/// `value` is a character of Unicode, and no half of a surrogate pair.
void append_utf8(std::string& text, char32_t value);

/// The offset of the first byte that is not part of a valid UTF-8 sequence, or nothing if all of
/// `bytes` is valid.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view bytes);

[[nodiscard]] bool is_ascii(std::string_view text);

/// The number of bytes of the grapheme cluster (UAX #29, extended) at the start of `text`; an
/// invalid byte is a cluster of its own. 0 only for empty text.
[[nodiscard]] std::size_t grapheme_length(std::string_view text);

/// The number of grapheme clusters in `text`.
[[nodiscard]] std::size_t count_graphemes(std::string_view text);

/// The number of grapheme clusters of `text` that end at or before byte `offset`: one that
/// `offset` would split is not counted.
[[nodiscard]] std::size_t count_graphemes_before(std::string_view text, std::size_t offset);

/// How many columns of a terminal `text` fills. Control characters and invalid bytes count nothing.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` in Normalization Form C. `text` must be valid UTF-8.
[[nodiscard]] std::string normalize_nfc(std::string_view text);

}  // namespace text
