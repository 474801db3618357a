#include "hcl/value/order.h"

#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace hcl {
namespace {

/// Null and unknown values have a place, but no order among themselves.
int rank(const Value& value) {
  return value.is_null() ? 2 : value.is_unknown() ? 1 : 0;
}

/// The same for equal values and different for others of their type, since what delimits parts is
/// quoted within strings. The shape (and so the order) follows the original's.
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
    text += *number == Number(0)   ? "0"
            : number->is_integer() ? number->print('f', 0)
                                   : number->to_string();
  } else {
    text += to_hcl(value.marked_sensitive(false), std::numeric_limits<std::size_t>::max() / 2);
  }
}

std::string text_of(const Value& value) {
  std::string text;
  append_text(value, text);
  return text;
}

bool is_collection(const Value& value) {
  return value.as_elements() != nullptr || value.as_members() != nullptr;
}

/// The text of each is worked out once.
void put_collections_in_order(Elements& elements) {
  using Keyed = std::tuple<int, std::string, Value>;
  std::vector<Keyed> keyed;
  keyed.reserve(elements.size());
  for (Value& element : elements) {
    keyed.emplace_back(rank(element), text_of(element), std::move(element));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  std::transform(keyed.begin(), keyed.end(), elements.begin(),
                 [](Keyed& each) { return std::move(std::get<2>(each)); });
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

void put_in_order(Elements& elements) {
  if (std::any_of(elements.begin(), elements.end(), is_collection)) {
    put_collections_in_order(elements);
  } else {
    std::stable_sort(elements.begin(), elements.end(), precedes);
  }
}

}  // namespace hcl
