// UTF-8 as a reader of bytes needs it: is it valid, where do characters begin, how wide are they
// on a terminal. Grapheme clusters and widths come from utf8proc.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace text {

/// The offset of the first byte that is not part of a valid UTF-8 sequence (RFC 3629: no overlong
/// forms, no surrogates, nothing above U+10FFFF), or nothing if all of `bytes` is valid.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view bytes);

/// The number of bytes of the grapheme cluster (UAX #29, extended) at the start of `text`; an
/// invalid byte is a cluster of its own. 0 only for empty text.
[[nodiscard]] std::size_t grapheme_length(std::string_view text);

/// The number of grapheme clusters in `text`.
[[nodiscard]] std::size_t count_graphemes(std::string_view text);

/// How many columns of a terminal `text` fills. Control characters count nothing.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` in Normalization Form C. `text` must be valid UTF-8.
[[nodiscard]] std::string normalize_nfc(std::string_view text);

}  // namespace text
