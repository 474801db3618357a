#include "hcl/value/convert.h"

namespace hcl {

std::optional<Value> to_string(const Value& value) {
  if (const bool* flag = value.as_bool()) {
    return Value::string(*flag ? "true" : "false");
  }
  if (const Number* number = value.as_number()) {
    return Value::string(number->to_string());
  }
  if (value.as_string() != nullptr || value.is_null() || value.is_unknown()) {
    return value;
  }
  return std::nullopt;
}

std::optional<Value> to_number(const Value& value) {
  if (const std::string* text = value.as_string()) {
    const std::optional<Number> number = Number::parse(*text);
    return number ? std::optional(Value::number(*number)) : std::nullopt;
  }
  if (value.as_number() != nullptr || value.is_null() || value.is_unknown()) {
    return value;
  }
  return std::nullopt;
}

std::optional<Value> to_bool(const Value& value) {
  if (const std::string* text = value.as_string()) {
    if (*text == "true" || *text == "1") {
      return Value::boolean(true);
    }
    if (*text == "false" || *text == "0") {
      return Value::boolean(false);
    }
    return std::nullopt;
  }
  if (value.as_bool() != nullptr || value.is_null() || value.is_unknown()) {
    return value;
  }
  return std::nullopt;
}

}  // namespace hcl
