#include "text/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace text {
namespace {

constexpr bool is_ascii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

/// What the first byte of a sequence promises: its length, the bits of the character in it, and the
/// smallest character that may be spelled so. A length of 0 is no first byte.
struct Lead {
  std::size_t length = 0;
  char32_t bits = 0;
  char32_t smallest = 0;
};

Lead lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) {
    return {.length = 2, .bits = byte & 0x1FU, .smallest = 0x80};
  }
  if (byte >= 0xE0 && byte <= 0xEF) {
    return {.length = 3, .bits = byte & 0x0FU, .smallest = 0x800};
  }
  if (byte >= 0xF0 && byte <= 0xF4) {
    return {.length = 4, .bits = byte & 0x07U, .smallest = 0x10000};
  }
  return {};
}

/// Eight bytes at once, each looked at where it stands.
std::uint64_t word_at(std::string_view bytes, std::size_t offset) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + offset, sizeof(word));
  return word;
}

constexpr std::uint64_t in_each_byte(std::uint8_t value) {
  return 0x0101010101010101U * value;
}

/// The number of ASCII bytes at the start of `bytes`.
std::size_t ascii_prefix(std::string_view bytes) {
  std::size_t length = 0;
  while (length + sizeof(std::uint64_t) <= bytes.size() &&
         (word_at(bytes, length) & in_each_byte(0x80)) == 0) {
    length += sizeof(std::uint64_t);
  }
  while (length < bytes.size() && is_ascii(bytes[length])) {
    ++length;
  }
  return length;
}

/// Whether the word has neither a byte beyond ASCII nor a carriage return. Subtracting one from
/// each byte borrows through exactly those that were zero, which is what a carriage return is made.
bool is_plain(std::uint64_t word) {
  const std::uint64_t zero_where_return = word ^ in_each_byte('\r');
  const std::uint64_t borrowed = (zero_where_return - in_each_byte(1)) & ~zero_where_return;
  return ((word | borrowed) & in_each_byte(0x80)) == 0;
}

/// The number of bytes at the start of `bytes` that are ASCII without carriage returns: each is
/// surely a cluster, except perhaps the last, which what follows may join.
std::size_t plain_prefix(std::string_view bytes) {
  std::size_t length = 0;
  while (length + sizeof(std::uint64_t) <= bytes.size() && is_plain(word_at(bytes, length))) {
    length += sizeof(std::uint64_t);
  }
  while (length < bytes.size() && is_ascii(bytes[length]) && bytes[length] != '\r') {
    ++length;
  }
  return length;
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
  if (bytes.empty()) {
    return std::nullopt;
  }
  if (is_ascii(bytes.front())) {
    return CodePoint{.value = static_cast<char32_t>(bytes.front()), .length = 1};
  }
  const Lead lead = lead_of(static_cast<unsigned char>(bytes.front()));
  if (lead.length == 0 || bytes.size() < lead.length) {
    return std::nullopt;
  }
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if ((byte & 0xC0U) != 0x80U) {
      return std::nullopt;
    }
    value = (value << 6U) | (byte & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < lead.smallest || value > 0x10FFFF || surrogate) {
    return std::nullopt;
  }
  return CodePoint{.value = value, .length = lead.length};
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
    const std::size_t plain = plain_prefix(text.substr(at, end - at));
    if (plain > 1) {
      count += plain - 1;
      at += plain - 1;
    }
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
