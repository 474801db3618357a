// Puts the defaults of a type constraint into values.
#include <algorithm>
#include <optional>
#include <string_view>

#include "hcl/evaluate/type_expression.h"

namespace hcl {
namespace {

/// What is inside the part of that name, or inside every part; null if nothing is.
const Defaults* find_part(const Defaults& defaults, std::string_view name) {
  const auto found = std::find_if(
      defaults.parts.begin(), defaults.parts.end(),
      [&](const Defaults::Part& part) { return part.name == name || part.name.empty(); });
  return found != defaults.parts.end() ? &found->defaults : nullptr;
}

Value with_part_defaults(const Value& value, const Defaults& defaults, std::string_view name) {
  const Defaults* part = find_part(defaults, name);
  return part != nullptr ? with_defaults(value, *part) : value;
}

/// A tuple, since the elements may differ in type now.
Value with_element_defaults(const Elements& elements, const Defaults& defaults) {
  Elements changed;
  changed.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    changed.push_back(with_part_defaults(elements[i], defaults, std::to_string(i)));
  }
  return Value::tuple(std::move(changed));
}

Value with_attribute_defaults(Members members, const Defaults& defaults) {
  for (const auto& [name, value] : defaults.values) {
    const auto found = members.find(name);
    if (found == members.end() || found->second.is_null()) {
      members.insert_or_assign(name, value);
    }
  }
  for (auto& [name, member] : members) {
    member = with_part_defaults(member, defaults, name);
  }
  return Value::object(std::move(members));
}

}  // namespace

bool Defaults::empty() const {
  return values.empty() && parts.empty();
}

Value with_defaults(const Value& value, const Defaults& defaults) {
  if (defaults.empty()) {
    return value;
  }
  if (const Elements* elements = value.as_elements()) {
    return with_element_defaults(*elements, defaults).marked_as_part_of(value);
  }
  if (const Members* members = value.as_members()) {
    return with_attribute_defaults(*members, defaults).marked_as_part_of(value);
  }
  return value;
}

tl::expected<Value, ConversionError> convert(const Value& value, const TypeConstraint& constraint) {
  return convert(with_defaults(value, constraint.defaults), constraint.type);
}

}  // namespace hcl
