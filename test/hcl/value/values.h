// Short ways to write types and values, and to read them: what the tests of the value library start
// from.
#pragma once

#include <string>
#include <string_view>

#include "hcl/value/type.h"
#include "hcl/value/value.h"

namespace values {

inline const hcl::Type any = hcl::Type::any();
inline const hcl::Type boolean = hcl::Type::boolean();
inline const hcl::Type number = hcl::Type::number();
inline const hcl::Type string = hcl::Type::string();

inline hcl::Type list(const hcl::Type& element) {
  return hcl::Type::list(element);
}
inline hcl::Type set(const hcl::Type& element) {
  return hcl::Type::set(element);
}
inline hcl::Type map(const hcl::Type& element) {
  return hcl::Type::map(element);
}
inline hcl::Type tuple(std::vector<hcl::Type> elements) {
  return hcl::Type::tuple(std::move(elements));
}
inline hcl::Type object(hcl::Type::Attributes attributes) {
  return hcl::Type::object(std::move(attributes));
}
/// An optional attribute.
inline hcl::Type::Attribute optional(const hcl::Type& type) {
  return {.type = type, .is_optional = true};
}

/// The value of a JSON text: a primitive, tuple or object.
[[nodiscard]] hcl::Value json(std::string_view text);
/// The same, converted to `type`.
[[nodiscard]] hcl::Value json(std::string_view text, const hcl::Type& type);

/// The value as HCL and its type, `[1, 2] : list(number)`.
[[nodiscard]] std::string shown(const hcl::Value& value);

}  // namespace values
