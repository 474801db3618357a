#include "hcl/value/order.h"

#include <limits>

namespace hcl {
namespace {

/// Null and unknown values have a place, but no order among themselves.
int rank(const Value& value) {
  return value.is_null() ? 2 : value.is_unknown() ? 1 : 0;
}

/// Distinct for distinct values of one type: both strings and delimiters are quoted apart. The
/// shape (and so the order) follows the original's.
void append_text(const Value& value, std::string& text) {
  if (rank(value) != 0) {
    text += value.is_null() ? '~' : '?';
  } else if (const bool* flag = value.as_bool()) {
    text += *flag ? 'T' : 'F';
  } else if (const Elements* elements = value.as_elements()) {
    const bool is_tuple = value.kind() == TypeKind::tuple;
    text += is_tuple ? '<' : '[';
    for (const Value& element : *elements) {
      append_text(element, text);
      text += ';';
    }
    text += is_tuple ? '>' : ']';
  } else if (const Members* members = value.as_members()) {
    const bool is_map = value.kind() == TypeKind::map;
    text += is_map ? '{' : '<';
    for (const auto& [key, member] : *members) {
      if (is_map) {
        append_text(Value::string(key), text);
        text += ':';
      }
      append_text(member, text);
      text += ';';
    }
    text += is_map ? '}' : '>';
  } else if (const Number* number = value.as_number()) {
    text += number->to_string();
  } else {
    text += to_hcl(value.marked_sensitive(false), std::numeric_limits<std::size_t>::max() / 2);
  }
}

std::string text_of(const Value& value) {
  std::string text;
  append_text(value, text);
  return text;
}

}  // namespace

bool precedes(const Value& a, const Value& b) {
  if (rank(a) != 0 || rank(b) != 0) {
    return rank(a) < rank(b);
  }
  if (a.as_string() != nullptr && b.as_string() != nullptr) {
    return *a.as_string() < *b.as_string();
  }
  if (a.as_number() != nullptr && b.as_number() != nullptr) {
    return *a.as_number() < *b.as_number();
  }
  if (a.as_bool() != nullptr && b.as_bool() != nullptr) {
    return !*a.as_bool() && *b.as_bool();
  }
  return text_of(a) < text_of(b);
}

}  // namespace hcl
