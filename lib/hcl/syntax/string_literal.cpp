#include "hcl/syntax/string_literal.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "hcl/syntax/characters.h"
#include "text/utf8.h"

namespace hcl::syntax {
namespace {

/// Whether `text` begins with `$${` or `%%{`.
bool begins_with_doubled(std::string_view text) {
  return text.size() >= 3 && (text[0] == '$' || text[0] == '%') && text[1] == text[0] &&
         text[2] == '{';
}

std::optional<char> simple_escape(char selector) {
  switch (selector) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
    case '\\':
      return selector;
    default:
      return std::nullopt;
  }
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Reads the escapes of one text, front to back.
class Decoder {
 public:
  Decoder(std::string_view text, std::uint32_t begin, Reporter& reporter)
      : text_(text), begin_(begin), reporter_(reporter) {}

  std::string decode() {
    std::string result;
    result.reserve(text_.size());
    while (position_ < text_.size()) {
      const std::size_t next = std::min(text_.find_first_of("\\$%", position_), text_.size());
      result += text_.substr(position_, next - position_);
      position_ = next;
      if (position_ < text_.size()) {
        decode_one(result);
      }
    }
    return result;
  }

 private:
  void decode_one(std::string& result) {
    const std::string_view rest = text_.substr(position_);
    if (rest[0] != '\\') {
      result += rest[0];
      position_ += 1;
      if (begins_with_doubled(rest)) {
        result += '{';
        position_ += 2;
      }
      return;
    }
    const char selector = rest.size() > 1 ? rest[1] : '\0';
    if (const auto plain = simple_escape(selector)) {
      result += *plain;
      position_ += 2;
    } else if (selector == 'u' || selector == 'U') {
      decode_code_point(result, selector == 'u' ? 4 : 8);
    } else {
      const std::size_t size =
          rest.size() > 1 ? 1 + std::max<std::size_t>(first_character(rest.substr(1)).length, 1)
                          : 1;
      fail(size,
           "the escapes are \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN; a plain backslash is "
           "written \\\\");
    }
  }

  void decode_code_point(std::string& result, std::size_t wanted) {
    const std::string_view digits = text_.substr(position_ + 2, wanted);
    const auto count = static_cast<std::size_t>(
        std::find_if_not(digits.begin(), digits.end(), is_hex) - digits.begin());
    if (count < wanted) {
      fail(2 + count, wanted == 4 ? "\\u is followed by four hexadecimal digits"
                                  : "\\U is followed by eight hexadecimal digits");
      return;
    }
    std::uint32_t code = 0;
    std::from_chars(digits.data(), digits.data() + wanted, code, 16);
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
      fail(2 + wanted,
           "there is no such character: code points end at 10FFFF, and D800 to DFFF are "
           "not characters");
      return;
    }
    text::append_utf8(result, code);
    position_ += 2 + wanted;
  }

  void fail(std::size_t size, std::string detail) {
    const auto begin = begin_ + static_cast<std::uint32_t>(position_);
    reporter_.report(Kind::invalid_escape, {begin, begin + static_cast<std::uint32_t>(size)},
                     "unknown escape in a string", std::move(detail));
    position_ += size;
  }

  std::string_view text_;
  std::uint32_t begin_;
  Reporter& reporter_;
  std::size_t position_ = 0;
};

}  // namespace

std::string decode_quoted(std::string_view text, std::uint32_t begin, Reporter& reporter) {
  return Decoder(text, begin, reporter).decode();
}

std::string decode_heredoc(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (begins_with_doubled(text.substr(i))) {
      result += '{';
      i += 2;
    }
  }
  return result;
}

}  // namespace hcl::syntax
