#include "hcl/value/value.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "hcl/value/order.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl {

/// A list, set or tuple. The type of a structural value follows from its parts: it is worked out
/// when somebody asks, and kept.
struct Value::Sequence {
  TypeKind kind;
  Elements elements;
  Extent extent;
  mutable std::optional<Type> type;
};

/// A map or object.
struct Value::Mapping {
  TypeKind kind;
  Members members;
  Extent extent;
  mutable std::optional<Type> type;
};

void Value::Extent::add(const Value& part) {
  const Extent other = part.extent();
  is_wholly_known = is_wholly_known && other.is_wholly_known;
  holds_sensitive = holds_sensitive || other.holds_sensitive;
  depth = std::max(depth, other.depth + 1);
  const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - size;
  size += std::min(room, other.size);
}

Value Value::null(Type type) {
  return Value(std::in_place, Null{std::move(type)});
}

Value Value::unknown(Type type) {
  return Value(std::in_place, Unknown{std::move(type)});
}

Value Value::boolean(bool value) {
  return Value(std::in_place, value);
}

Value Value::number(Number value) {
  return Value(std::in_place, std::move(value));
}

Value Value::string(std::string_view text) {
  return Value(std::in_place, text::is_ascii(text)
                                  ? std::make_shared<const std::string>(text)
                                  : std::make_shared<const std::string>(text::normalize_nfc(text)));
}

Value Value::sequence(TypeKind kind, Type type, Elements elements) {
  Extent extent{.depth = 1};
  for (const Value& element : elements) {
    extent.add(element);
  }
  const bool is_structural = kind == TypeKind::tuple;
  return Value(std::in_place, std::make_shared<const Sequence>(Sequence{
                                  kind, std::move(elements), extent,
                                  is_structural ? std::nullopt : std::optional(std::move(type))}));
}

Value Value::mapping(TypeKind kind, Type type, Members members) {
  Extent extent{.depth = 1};
  for (const auto& [key, member] : members) {
    extent.size += key.size();
    extent.add(member);
  }
  const bool is_structural = kind == TypeKind::object;
  return Value(std::in_place, std::make_shared<const Mapping>(Mapping{
                                  kind, std::move(members), extent,
                                  is_structural ? std::nullopt : std::optional(std::move(type))}));
}

Value Value::list(Type element, Elements elements) {
  return sequence(TypeKind::list, Type::list(std::move(element)), std::move(elements));
}

Value Value::set(Type element, Elements elements) {
  put_in_order(elements);
  elements.erase(std::unique(elements.begin(), elements.end(),
                             [](const Value& a, const Value& b) {
                               return a.is_wholly_known() && b.is_wholly_known() && a == b;
                             }),
                 elements.end());
  const Value set = sequence(TypeKind::set, Type::set(std::move(element)), std::move(elements));
  return set.marked_like(set);
}

Value Value::map(Type element, Members members) {
  return mapping(TypeKind::map, Type::map(std::move(element)), std::move(members));
}

Value Value::tuple(Elements elements) {
  return sequence(TypeKind::tuple, Type::any(), std::move(elements));
}

Value Value::object(Members members) {
  return mapping(TypeKind::object, Type::any(), std::move(members));
}

Type Value::type() const {
  if (const auto* null = std::get_if<Null>(&data_)) {
    return null->type;
  }
  if (const auto* unknown = std::get_if<Unknown>(&data_)) {
    return unknown->type;
  }
  if (const auto* sequence = std::get_if<std::shared_ptr<const Sequence>>(&data_)) {
    const Sequence& contents = **sequence;
    if (!contents.type) {
      std::vector<Type> types;
      types.reserve(contents.elements.size());
      for (const Value& element : contents.elements) {
        types.push_back(element.type());
      }
      contents.type = Type::tuple(std::move(types));
    }
    return *contents.type;
  }
  if (const auto* mapping = std::get_if<std::shared_ptr<const Mapping>>(&data_)) {
    const Mapping& contents = **mapping;
    if (!contents.type) {
      Type::Attributes attributes;
      for (const auto& [key, member] : contents.members) {
        attributes.emplace_hint(attributes.end(), key, Type::Attribute{.type = member.type()});
      }
      contents.type = Type::object(std::move(attributes));
    }
    return *contents.type;
  }
  return as_bool() != nullptr     ? Type::boolean()
         : as_number() != nullptr ? Type::number()
                                  : Type::string();
}

TypeKind Value::kind() const {
  if (const auto* sequence = std::get_if<std::shared_ptr<const Sequence>>(&data_)) {
    return (*sequence)->kind;
  }
  if (const auto* mapping = std::get_if<std::shared_ptr<const Mapping>>(&data_)) {
    return (*mapping)->kind;
  }
  return type().kind();
}

Value::Extent Value::extent() const {
  Extent extent;
  if (const auto* sequence = std::get_if<std::shared_ptr<const Sequence>>(&data_)) {
    extent = (*sequence)->extent;
  } else if (const auto* mapping = std::get_if<std::shared_ptr<const Mapping>>(&data_)) {
    extent = (*mapping)->extent;
  } else {
    const std::string* text = as_string();
    extent = {.is_wholly_known = !is_unknown(),
              .size = part_size + (text != nullptr ? text->size() : 0)};
  }
  extent.holds_sensitive = extent.holds_sensitive || is_sensitive_;
  return extent;
}

bool Value::is_wholly_known() const {
  return extent().is_wholly_known;
}

bool Value::holds_sensitive() const {
  return extent().holds_sensitive;
}

Value Value::marked_sensitive(bool is_sensitive) const {
  Value copy = *this;
  copy.is_sensitive_ = is_sensitive;
  return copy;
}

Value Value::marked_like(const Value& origin) const {
  return marked_sensitive(is_sensitive_ || origin.holds_sensitive());
}

Value Value::marked_as_part_of(const Value& whole) const {
  return is_sensitive_ || !whole.is_sensitive_ ? *this : marked_sensitive();
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

const Elements* Value::as_elements() const {
  const auto* sequence = std::get_if<std::shared_ptr<const Sequence>>(&data_);
  return sequence != nullptr ? &(*sequence)->elements : nullptr;
}

const Members* Value::as_members() const {
  const auto* mapping = std::get_if<std::shared_ptr<const Mapping>>(&data_);
  return mapping != nullptr ? &(*mapping)->members : nullptr;
}

std::string Value::type_name() const {
  return is_null() ? "null" : is_unknown() ? "unknown value" : type().name();
}

std::string Value::described_type() const {
  return is_null() ? "null" : text::with_article(type_name());
}

bool operator==(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) {
    return a.is_null() && b.is_null();
  }
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
  if (!(a.type() == b.type())) {
    return false;
  }
  if (const Elements* elements = a.as_elements()) {
    return elements == b.as_elements() || *elements == *b.as_elements();
  }
  if (const Members* members = a.as_members()) {
    return members == b.as_members() || *members == *b.as_members();
  }
  return true;
}

}  // namespace hcl
