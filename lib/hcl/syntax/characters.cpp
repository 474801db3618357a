#include "hcl/syntax/characters.h"

#include <utf8proc.h>

namespace hcl::syntax {
namespace {

bool is_letter(char32_t code) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
      return true;
    default:
      return false;
  }
}

bool is_mark_or_digit(char32_t code) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return false;
  }
}

// The Unicode properties Other_ID_Start and Other_ID_Continue.
bool is_other_start(char32_t code) {
  return code == 0x1885 || code == 0x1886 || code == 0x2118 || code == 0x212E || code == 0x309B ||
         code == 0x309C;
}
bool is_other_continue(char32_t code) {
  return code == 0x00B7 || code == 0x0387 || (code >= 0x1369 && code <= 0x1371) || code == 0x19DA;
}

}  // namespace

bool is_identifier_start(char32_t code) {
  // U+2E2F is a letter by category, and syntax by property.
  return (is_letter(code) && code != 0x2E2F) || is_other_start(code);
}

bool is_identifier_continue(char32_t code) {
  return is_identifier_start(code) || is_mark_or_digit(code) || is_other_continue(code);
}

bool is_space(char32_t code) {
  if (code < 0x80) {
    return code == ' ' || (code >= '\t' && code <= '\r');
  }
  return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
         code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

std::size_t leading_space(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const text::CodePoint next = first_character(text.substr(length));
    if (next.length == 0 || !is_space(next.value)) {
      break;
    }
    length += next.length;
  }
  return length;
}

std::size_t trailing_space(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    std::size_t begin = text.size() - length - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) {
      --begin;
    }
    const text::CodePoint last = first_character(text.substr(begin, text.size() - length - begin));
    if (last.length != text.size() - length - begin || !is_space(last.value)) {
      break;
    }
    length += last.length;
  }
  return length;
}

}  // namespace hcl::syntax
