#include "hcl/functions/format_string.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/quote.h"

namespace hcl::functions {
namespace {

/// Widths, precisions and positions above are mistakes.
constexpr std::size_t max_number = 1'000'000;

constexpr std::string_view letters = "vtbdoxXeEfgGsq";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Reads one verb behind its percent sign.
class VerbParser {
 public:
  explicit VerbParser(std::string_view text) : text_(text) {}

  /// Nothing at the end of the text.
  [[nodiscard]] char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  [[nodiscard]] std::string_view verb() const { return text_.substr(0, at_); }

  bool take(char c) {
    const bool is_there = next() == c && at_ < text_.size();
    at_ += is_there ? 1 : 0;
    return is_there;
  }

  void skip_character() {
    const std::size_t begin = at_;
    do {
      ++at_;
    } while (at_ < text_.size() && (static_cast<unsigned char>(text_[at_]) & 0xC0U) == 0x80U &&
             at_ - begin < 4);
  }

  void parse_flags(FormatFlags& flags) {
    while (true) {
      if (take('#')) {
        flags.alternate = true;
      } else if (take('0')) {
        flags.pads_with_zeros = true;
      } else if (take('-')) {
        flags.left = true;
      } else if (take('+')) {
        flags.plus = true;
      } else if (take(' ')) {
        flags.space = true;
      } else {
        return;
      }
    }
  }

  std::size_t parse_number() {
    std::size_t number = 0;
    while (is_digit(next())) {
      number = std::min(10 * number + static_cast<std::size_t>(next() - '0'), max_number + 1);
      ++at_;
    }
    return number;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 1;
};

/// Reads flags, width, precision and "[2]".
std::optional<std::string> parse_layout(VerbParser& parser, FormatPart& part) {
  parser.parse_flags(part.flags);
  if (is_digit(parser.next())) {
    part.flags.width = parser.parse_number();
  }
  if (parser.take('.')) {
    part.flags.precision = parser.parse_number();
  }
  if (std::max(part.flags.width.value_or(0), part.flags.precision.value_or(0)) > max_number) {
    return fmt::format("a width or precision of more than {}", max_number);
  }
  if (parser.take('[')) {
    const std::size_t position = parser.next() == '0' ? 0 : parser.parse_number();
    if (position == 0 || !parser.take(']')) {
      return "the position of a value has the form [1]";
    }
    part.value = position - 1;
  }
  return std::nullopt;
}

/// Reads one verb at the start of `text`; `value` is the one it shows unless it says another.
tl::expected<FormatPart, FormatError> parse_verb(std::string_view text, std::size_t value) {
  FormatPart part{.value = value};
  VerbParser parser(text);
  const auto fail = [&parser](std::string why) {
    return tl::unexpected(FormatError{.verb = parser.verb(), .why = std::move(why)});
  };
  if (const std::optional<std::string> problem = parse_layout(parser, part)) {
    return fail(*problem);
  }
  const char letter = parser.next();
  if (parser.verb().size() == text.size()) {
    return fail("the format string ends within a verb; a percent sign alone is %%");
  }
  parser.skip_character();
  if (letters.find(letter) == std::string_view::npos) {
    return fail("there is no such verb; a percent sign alone is %%");
  }
  part.verb = parser.verb();
  return part;
}

}  // namespace

tl::expected<std::vector<FormatPart>, FormatError> parse_format(std::string_view text) {
  std::vector<FormatPart> parts;
  std::string literal;
  std::size_t value = 0;
  while (!text.empty()) {
    const std::size_t percent = std::min(text.find('%'), text.size());
    literal += text.substr(0, percent);
    text.remove_prefix(percent);
    if (text.starts_with("%%")) {
      literal += '%';
      text.remove_prefix(2);
    } else if (!text.empty()) {
      auto part = parse_verb(text, value);
      if (!part) {
        return tl::unexpected(std::move(part.error()));
      }
      part->literal = std::exchange(literal, {});
      value = part->value + 1;
      text.remove_prefix(part->verb.size());
      parts.push_back(std::move(*part));
    }
  }
  parts.push_back({.literal = std::move(literal)});
  return parts;
}

}  // namespace hcl::functions
