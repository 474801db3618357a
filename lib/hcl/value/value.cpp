#include "hcl/value/value.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "text/utf8.h"

namespace hcl {

void Value::Extent::add(const Value& part) {
  const Extent other = part.extent();
  is_wholly_known = is_wholly_known && other.is_wholly_known;
  depth = std::max(depth, other.depth + 1);
  const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - size;
  size += std::min(room, other.size);
}

Value Value::unknown() {
  return Value(std::in_place, Unknown{});
}

Value Value::boolean(bool value) {
  return Value(std::in_place, value);
}

Value Value::number(Number value) {
  return Value(std::in_place, std::move(value));
}

Value Value::string(std::string_view text) {
  const bool is_ascii = std::all_of(
      text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 128; });
  return Value(std::in_place, std::make_shared<const std::string>(
                                  is_ascii ? std::string(text) : text::normalize_nfc(text)));
}

Value Value::tuple(Elements elements) {
  Extent extent{.depth = 1};
  for (const Value& element : elements) {
    extent.add(element);
  }
  return Value(std::in_place, std::make_shared<const Tuple>(Tuple{std::move(elements), extent}));
}

Value Value::object(Members members) {
  Extent extent{.depth = 1};
  for (const auto& [key, member] : members) {
    extent.size += key.size();
    extent.add(member);
  }
  return Value(std::in_place, std::make_shared<const Object>(Object{std::move(members), extent}));
}

Value::Extent Value::extent() const {
  if (const auto* tuple = std::get_if<std::shared_ptr<const Tuple>>(&data_)) {
    return (*tuple)->extent;
  }
  if (const auto* object = std::get_if<std::shared_ptr<const Object>>(&data_)) {
    return (*object)->extent;
  }
  const std::string* text = as_string();
  return {.is_wholly_known = !is_unknown(), .size = 1 + (text != nullptr ? text->size() : 0)};
}

bool Value::is_wholly_known() const {
  return extent().is_wholly_known;
}

std::uint32_t Value::depth() const {
  return extent().depth;
}

std::uint64_t Value::size() const {
  return extent().size;
}

const bool* Value::as_bool() const {
  return std::get_if<bool>(&data_);
}

const Number* Value::as_number() const {
  return std::get_if<Number>(&data_);
}

const std::string* Value::as_string() const {
  const auto* text = std::get_if<std::shared_ptr<const std::string>>(&data_);
  return text != nullptr ? text->get() : nullptr;
}

const Elements* Value::as_tuple() const {
  const auto* tuple = std::get_if<std::shared_ptr<const Tuple>>(&data_);
  return tuple != nullptr ? &(*tuple)->elements : nullptr;
}

const Members* Value::as_object() const {
  const auto* object = std::get_if<std::shared_ptr<const Object>>(&data_);
  return object != nullptr ? &(*object)->members : nullptr;
}

std::string_view Value::type_name() const {
  constexpr std::string_view names[] = {"null",   "unknown value", "bool",  "number",
                                        "string", "tuple",         "object"};
  return names[data_.index()];
}

bool operator==(const Value& a, const Value& b) {
  if (a.data_.index() != b.data_.index()) {
    return false;
  }
  if (const bool* value = a.as_bool()) {
    return *value == *b.as_bool();
  }
  if (const Number* number = a.as_number()) {
    return *number == *b.as_number();
  }
  if (const std::string* text = a.as_string()) {
    return *text == *b.as_string();
  }
  if (const Elements* elements = a.as_tuple()) {
    return elements == b.as_tuple() || *elements == *b.as_tuple();
  }
  if (const Members* members = a.as_object()) {
    return members == b.as_object() || *members == *b.as_object();
  }
  return true;
}

}  // namespace hcl
