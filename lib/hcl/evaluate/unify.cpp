#include "hcl/evaluate/unify.h"

#include <algorithm>
#include <utility>

#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

std::optional<Value> unified_elements(const Elements& elements, const Elements& others) {
  Elements result;
  result.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    std::optional<Value> element = unified(elements[i], others[i]);
    if (!element) {
      return std::nullopt;
    }
    result.push_back(std::move(*element));
  }
  return Value::tuple(std::move(result));
}

bool have_equal_keys(const Members& a, const Members& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first; });
}

std::optional<Value> unified_members(const Members& members, const Members& others) {
  Members result;
  for (const auto& [key, member] : members) {
    std::optional<Value> value = unified(member, others.at(key));
    if (!value) {
      return std::nullopt;
    }
    result.emplace(key, std::move(*value));
  }
  return Value::object(std::move(result));
}

}  // namespace

std::optional<Value> unified(const Value& value, const Value& other) {
  const bool takes_any_type =
      value.is_null() || value.is_unknown() || other.is_null() || other.is_unknown();
  if (takes_any_type) {
    return value;
  }
  if (value.as_tuple() != nullptr && other.as_tuple() != nullptr) {
    return value.as_tuple()->size() == other.as_tuple()->size()
               ? unified_elements(*value.as_tuple(), *other.as_tuple())
               : value;
  }
  if (value.as_object() != nullptr && other.as_object() != nullptr) {
    return have_equal_keys(*value.as_object(), *other.as_object())
               ? unified_members(*value.as_object(), *other.as_object())
               : value;
  }
  if (value.type_name() == other.type_name()) {
    return value;
  }
  const bool is_string = value.as_string() != nullptr || other.as_string() != nullptr;
  return is_string && to_string(other) ? to_string(value) : std::nullopt;
}

}  // namespace hcl::evaluation
