#include "hcl/functions/substitution.h"

#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "hcl/functions/size_limit.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

/// Whether a byte of UTF-8 stands within a character.
bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t character_length(std::string_view text) {
  const auto next = text::decode_utf8(text);
  return next ? next->length : 1;
}

/// A text that grows up to the size of a value.
class Result {
 public:
  void append(std::string_view part) {
    fits_ = fits_ && limit_.take(part.size());
    if (fits_) {
      text_ += part;
    }
  }
  [[nodiscard]] bool fits() const { return fits_; }
  [[nodiscard]] std::optional<std::string> take() {
    return fits_ ? std::optional(std::move(text_)) : std::nullopt;
  }

 private:
  SizeLimit limit_;
  std::string text_;
  bool fits_ = true;
};

// --- Replacements -------------------------------------------------------------------------------

/// What the name of a group is made of.
bool is_word(char32_t character) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return character == '_';
  }
}

/// A reference to a group, without the dollar before it.
struct Reference {
  std::string_view name;
  /// Braces included.
  std::size_t length = 0;
};

std::optional<Reference> parse_reference(std::string_view text) {
  const std::size_t begin = text.starts_with('{') ? 1 : 0;
  std::size_t end = begin;
  while (const auto next = text::decode_utf8(text.substr(end))) {
    if (!is_word(next->value)) {
      break;
    }
    end += next->length;
  }
  const bool is_closed = begin == 0 || (end < text.size() && text[end] == '}');
  if (end == begin || !is_closed) {
    return std::nullopt;
  }
  return Reference{.name = text.substr(begin, end - begin), .length = end + begin};
}

/// The number of the group that `name` means; nothing if the pattern has no such group.
std::optional<std::size_t> group_number(const RE2& regex, std::string_view name) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool has_leading_zero = name.size() > 1 && name.starts_with('0');
  if (error == std::errc() && end == name.data() + name.size() && !has_leading_zero) {
    return number;
  }
  const auto found = regex.NamedCapturingGroups().find(std::string(name));
  return found != regex.NamedCapturingGroups().end()
             ? std::optional(static_cast<std::size_t>(found->second))
             : std::nullopt;
}

/// Appends `replacement` with its references to groups resolved. One that names no group, or one
/// that took no part in the match, stands for nothing.
void append_expanded(Result& result, std::string_view replacement, const RE2& regex,
                     const Match& match) {
  while (result.fits()) {
    const std::size_t dollar = replacement.find('$');
    result.append(replacement.substr(0, dollar));
    if (dollar == std::string_view::npos) {
      return;
    }
    replacement.remove_prefix(dollar + 1);
    if (const std::optional<Reference> reference = parse_reference(replacement)) {
      replacement.remove_prefix(reference->length);
      const std::optional<std::size_t> group = group_number(regex, reference->name);
      if (group && *group < match.size()) {
        result.append({match[*group].data(), match[*group].size()});
      }
    } else {
      replacement.remove_prefix(replacement.starts_with('$') ? 1 : 0);
      result.append("$");
    }
  }
}

}  // namespace

std::optional<Match> find(const RE2& regex, std::string_view text, std::size_t start) {
  Match match(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
  while (regex.Match(re2::StringPiece(text.data(), text.size()), start, text.size(),
                     RE2::UNANCHORED, match.data(), static_cast<int>(match.size()))) {
    // RE2 sees a \B between the bytes of a character as well.
    const auto begin = static_cast<std::size_t>(match[0].data() - text.data());
    if (begin == text.size() || !is_continuation(text[begin])) {
      return match;
    }
    start = begin + 1;
  }
  return std::nullopt;
}

void for_each_match(const RE2& regex, std::string_view text,
                    const std::function<bool(const Match& match)>& use) {
  std::size_t start = 0;
  std::optional<std::size_t> previous_end;
  while (start <= text.size()) {
    const std::optional<Match> match = find(regex, text, start);
    if (!match) {
      return;
    }
    const auto begin = static_cast<std::size_t>((*match)[0].data() - text.data());
    const std::size_t end = begin + (*match)[0].size();
    if (begin < end || begin != previous_end) {
      if (!use(*match)) {
        return;
      }
    }
    previous_end = end;
    start = end > start ? end : start + character_length(text.substr(start));
  }
}

std::optional<std::string> substituted(std::string_view text, std::string_view wanted,
                                       std::string_view replacement) {
  Result result;
  std::size_t copied = 0;
  std::size_t at = text.find(wanted);
  while (at != std::string_view::npos && result.fits()) {
    result.append(text.substr(copied, at - copied));
    result.append(replacement);
    copied = at + wanted.size();
    const std::size_t next = wanted.empty() ? at + character_length(text.substr(at)) : copied;
    at = text.find(wanted, next);
  }
  result.append(text.substr(copied));
  return result.take();
}

std::optional<std::string> substituted(std::string_view text, const RE2& regex,
                                       std::string_view replacement) {
  Result result;
  std::size_t copied = 0;
  for_each_match(regex, text, [&](const Match& match) {
    const auto begin = static_cast<std::size_t>(match[0].data() - text.data());
    result.append(text.substr(copied, begin - copied));
    append_expanded(result, replacement, regex, match);
    copied = begin + match[0].size();
    return result.fits();
  });
  result.append(text.substr(copied));
  return result.take();
}

}  // namespace hcl::functions
