#include "text/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace text {
namespace {

constexpr bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

std::size_t ascii_prefix(std::string_view bytes) {
  return static_cast<std::size_t>(
      std::ranges::find_if_not(bytes, [](char byte) { return is_ascii(byte); }) - bytes.begin());
}

std::size_t code_point_width(char32_t value) {
  return static_cast<std::size_t>(
      std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(value))));
}

/// A cluster fills at most two columns, however many characters it is made of.
std::size_t cluster_width(std::string_view cluster) {
  std::size_t width = 0;
  while (const auto character = decode_utf8(cluster)) {
    width += code_point_width(character->value);
    cluster.remove_prefix(character->length);
  }
  return std::min<std::size_t>(width, 2);
}

}  // namespace

bool is_ascii(std::string_view text) {
  return ascii_prefix(text) == text.size();
}

std::optional<CodePoint> decode_utf8(std::string_view bytes) {
  utf8proc_int32_t value = 0;
  const auto length = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()),
      static_cast<utf8proc_ssize_t>(std::min<std::size_t>(bytes.size(), 4)), &value);
  return length <= 0 ? std::nullopt
                     : std::optional(CodePoint{.value = static_cast<char32_t>(value),
                                               .length = static_cast<std::size_t>(length)});
}

void append_utf8(std::string& text, char32_t value) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(value), bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

std::optional<std::size_t> find_invalid_utf8(std::string_view bytes) {
  std::size_t offset = 0;
  while (true) {
    offset += ascii_prefix(bytes.substr(offset));
    if (offset == bytes.size()) {
      return std::nullopt;
    }
    const auto character = decode_utf8(bytes.substr(offset));
    if (!character) {
      return offset;
    }
    offset += character->length;
  }
}

std::size_t grapheme_length(std::string_view text) {
  if (text.size() <= 1) {
    return text.size();
  }
  if (is_ascii(text[0]) && is_ascii(text[1])) {
    return text[0] == '\r' && text[1] == '\n' ? 2 : 1;
  }
  auto last = decode_utf8(text);
  if (!last) {
    return 1;
  }
  std::size_t length = last->length;
  utf8proc_int32_t state = 0;
  while (const auto next = decode_utf8(text.substr(length))) {
    if (utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(last->value),
                                         static_cast<utf8proc_int32_t>(next->value), &state) != 0) {
      break;
    }
    length += next->length;
    last = next;
  }
  return length;
}

std::size_t count_graphemes(std::string_view text) {
  return count_graphemes_before(text, text.size());
}

std::size_t count_graphemes_before(std::string_view text, std::size_t offset) {
  const std::size_t end = std::min(offset, text.size());
  std::size_t count = 0;
  std::size_t at = 0;
  while (at < end) {
    at += grapheme_length(text.substr(at));
    if (at <= end) {
      ++count;
    }
  }
  return count;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t length = grapheme_length(text);
    if (length == 1) {
      width += text.front() >= ' ' && text.front() <= '~' ? 1 : 0;
    } else {
      width += cluster_width(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return width;
}

std::string normalize_nfc(std::string_view text) {
  if (ascii_prefix(text) == text.size()) {
    return std::string(text);
  }
  utf8proc_uint8_t* normalized = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &normalized,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(normalized, &std::free);
  if (length < 0) {
    return std::string(text);
  }
  return {reinterpret_cast<const char*>(normalized), static_cast<std::size_t>(length)};
}

}  // namespace text
