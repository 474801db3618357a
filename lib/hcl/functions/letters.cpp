// lower, title, upper, and the trimming of space: what depends on the kinds of characters, as
// Unicode has them.
#include <utf8proc.h>

#include <algorithm>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

constexpr utf8proc_int32_t sharp_s = 0xDF;

/// Maps each character to one other.
template <typename Mapping>
Value mapped(std::string_view text, Mapping map) {
  std::string result;
  result.reserve(text.size());
  while (const auto next = text::decode_utf8(text)) {
    text::append_utf8(result,
                      static_cast<char32_t>(map(static_cast<utf8proc_int32_t>(next->value))));
    text.remove_prefix(next->length);
  }
  return Value::string(result);
}

/// A sharp s has no single capital letter in Unicode's table, which the original follows, though
/// utf8proc has one.
utf8proc_int32_t to_upper(utf8proc_int32_t character) {
  return character == sharp_s ? character : utf8proc_toupper(character);
}

utf8proc_int32_t to_title(utf8proc_int32_t character) {
  return character == sharp_s ? character : utf8proc_totitle(character);
}

FunctionResult call_lower(Arguments arguments) {
  return mapped(string_of(arguments[0]), utf8proc_tolower);
}

FunctionResult call_upper(Arguments arguments) {
  return mapped(string_of(arguments[0]), to_upper);
}

bool is_space(utf8proc_int32_t character) {
  if (character < 0x80) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }
  const utf8proc_category_t category = utf8proc_category(character);
  return character == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/// Whether a word begins behind `character`: in ASCII that is all but letters, digits and the
/// underscore; beyond it only space.
bool is_separator(utf8proc_int32_t character) {
  if (character >= 0x80) {
    return is_space(character);
  }
  const auto byte = static_cast<char>(character);
  return !((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_');
}

FunctionResult call_title(Arguments arguments) {
  bool begins_word = true;
  return mapped(string_of(arguments[0]), [&begins_word](utf8proc_int32_t character) {
    const bool is_first = begins_word;
    begins_word = is_separator(character);
    return is_first ? to_title(character) : character;
  });
}

FunctionResult call_trimspace(Arguments arguments) {
  const std::string_view text = string_of(arguments[0]);
  std::size_t begin = text.size();
  std::size_t end = text.size();
  std::size_t at = 0;
  while (const auto next = text::decode_utf8(text.substr(at))) {
    const std::size_t after = at + next->length;
    if (!is_space(static_cast<utf8proc_int32_t>(next->value))) {
      begin = std::min(begin, at);
      end = after;
    }
    at = after;
  }
  return Value::string(text.substr(begin, end - begin));
}

}  // namespace

Functions letter_functions() {
  const Parameter string{"string", Type::string()};
  return {
      {"lower", {.parameters = {string}, .call = call_lower}},
      {"title", {.parameters = {string}, .call = call_title}},
      {"trimspace", {.parameters = {string}, .call = call_trimspace}},
      {"upper", {.parameters = {string}, .call = call_upper}},
  };
}

}  // namespace hcl::functions
