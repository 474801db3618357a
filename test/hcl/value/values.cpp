#include "hcl/value/values.h"

#include <stdexcept>

#include "hcl/value/convert.h"
#include "hcl/value/json.h"

namespace values {

hcl::Value json(std::string_view text) {
  const auto value = hcl::from_json(text);
  if (!value) {
    throw std::invalid_argument(value.error().message);
  }
  return *value;
}

hcl::Value json(std::string_view text, const hcl::Type& type) {
  const auto value = convert(json(text), type);
  if (!value) {
    throw std::invalid_argument(value.error().message);
  }
  return *value;
}

std::string shown(const hcl::Value& value) {
  return to_hcl(value) + " : " + value.type().constraint();
}

}  // namespace values
