#include "hcl/value/convert.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "hcl/value/unify.h"
#include "text/quote.h"

namespace hcl {
namespace {

using Result = tl::expected<Value, ConversionError>;

std::string mismatch(const Type& from, const Type& to) {
  const std::string wanted = text::with_article(to.name()) + " is needed, not ";
  return wanted + (from.is(TypeKind::any) ? "this" : text::with_article(from.name()));
}

tl::unexpected<ConversionError> refuse(const Value& value, const Type& type) {
  return tl::unexpected(ConversionError{.path = {}, .message = mismatch(value.type(), type)});
}

tl::unexpected<ConversionError> within(const std::string& step, ConversionError error) {
  error.path.insert(0, step);
  return tl::unexpected(std::move(error));
}

std::string index_step(std::size_t index) {
  return "[" + std::to_string(index) + "]";
}

std::string key_step(const std::string& key) {
  return "[" + text::quoted(key) + "]";
}

Result convert_primitive(const Value& value, const Type& type) {
  const std::optional<Value> converted = type.is(TypeKind::string)   ? to_string(value)
                                         : type.is(TypeKind::number) ? to_number(value)
                                                                     : to_bool(value);
  if (converted) {
    return *converted;
  }
  if (value.as_string() == nullptr) {
    return refuse(value, type);
  }
  return tl::unexpected(ConversionError{
      .path = {},
      .message = type.is(TypeKind::number)
                     ? "a number is needed, and this string does not hold one"
                     : "a bool is needed, and this string is neither \"true\" nor \"false\""});
}

tl::expected<Elements, ConversionError> convert_each(const Elements& elements, const Type& type) {
  Elements converted;
  converted.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    Result element = convert(elements[i], type);
    if (!element) {
      return within(index_step(i), std::move(element.error()));
    }
    converted.push_back(std::move(*element));
  }
  return converted;
}

tl::expected<Members, ConversionError> convert_each(const Members& members, const Type& type) {
  Members converted;
  for (const auto& [key, member] : members) {
    Result value = convert(member, type);
    if (!value) {
      return within(key_step(key), std::move(value.error()));
    }
    converted.emplace_hint(converted.end(), key, std::move(*value));
  }
  return converted;
}

std::vector<Type> types_of(const Elements& elements) {
  std::vector<Type> types;
  types.reserve(elements.size());
  for (const Value& element : elements) {
    types.push_back(element.type());
  }
  return types;
}

std::vector<Type> types_of(const Members& members) {
  std::vector<Type> types;
  types.reserve(members.size());
  for (const auto& [key, member] : members) {
    types.push_back(member.type());
  }
  return types;
}

/// A null or unknown value with another type; nothing for all others.
std::optional<Value> retyped(const Value& value, const Type& type) {
  if (value.is_null()) {
    return Value::null(type).marked_like(value);
  }
  return value.is_unknown() ? std::optional(Value::unknown(type).marked_like(value)) : std::nullopt;
}

/// The parts of a collection that is to be made, all of one type, and that type.
template <typename Parts>
struct Uniform {
  Parts parts;
  Type type;
};

tl::unexpected<ConversionError> refuse_parts() {
  return tl::unexpected(ConversionError{
      .path = {}, .message = "all parts must have one type, and these have none in common"});
}

/// Whether parts of these types, which have no type in common but `any`, make a collection as they
/// are. Nothing but bare nulls makes a list; in a map they stand beside parts of one other type.
bool agree(TypeKind collection, const std::vector<Type>& types) {
  const auto first = std::find_if(types.begin(), types.end(),
                                  [](const Type& type) { return !type.is(TypeKind::any); });
  if (collection != TypeKind::map) {
    return first == types.end();
  }
  return std::all_of(first, types.end(),
                     [&](const Type& type) { return type.is(TypeKind::any) || type == *first; });
}

/// Converts `parts` to the type that they have in common.
template <typename Parts>
tl::expected<Parts, ConversionError> unified(const Parts& parts, TypeKind collection) {
  const std::vector<Type> types = types_of(parts);
  const std::optional<Type> common = unify(types, Safety::unsafe);
  if (!common || (common->is(TypeKind::any) && !agree(collection, types))) {
    return refuse_parts();
  }
  return convert_each(parts, *common);
}

Value& value_of(Value& element) {
  return element;
}

Value& value_of(std::pair<const std::string, Value>& member) {
  return member.second;
}

/// Gives bare nulls the type of the parts beside them, which must be one.
template <typename Parts>
tl::expected<Uniform<Parts>, ConversionError> with_one_type(Parts parts) {
  Type type = Type::any();
  for (const Type& each : types_of(parts)) {
    if (!type.is(TypeKind::any) && !each.is(TypeKind::any) && !(each == type)) {
      return refuse_parts();
    }
    type = each.is(TypeKind::any) ? type : each;
  }
  for (auto& part : parts) {
    Value& value = value_of(part);
    value = retyped(value, type).value_or(value);
  }
  return Uniform<Parts>{std::move(parts), std::move(type)};
}

/// Converts `parts` to the element type of `collection`, and, where that leaves the type open, to
/// one that all have in common.
template <typename Parts>
tl::expected<Uniform<Parts>, ConversionError> made_uniform(const Parts& parts,
                                                           const Type& collection,
                                                           const Type& empty_type) {
  const Type& wanted = collection.element();
  auto converted = convert_each(parts, wanted);
  if (!converted) {
    return tl::unexpected(std::move(converted.error()));
  }
  if (converted->empty()) {
    if (!is_convertible(empty_type, wanted, Safety::unsafe)) {
      return tl::unexpected(ConversionError{.path = {}, .message = mismatch(empty_type, wanted)});
    }
    return Uniform<Parts>{{}, wanted.is(TypeKind::any) ? empty_type : wanted.without_optional()};
  }
  if (wanted.is_wholly_known()) {
    return Uniform<Parts>{std::move(*converted), wanted.without_optional()};
  }
  // The common type may be open itself, as that of an empty list and a tuple is; how the parts come
  // out then decides.
  constexpr int rounds = 2;
  for (int round = 0; round < rounds; ++round) {
    converted = unified(*converted, collection.kind());
    if (!converted) {
      return tl::unexpected(std::move(converted.error()));
    }
  }
  return with_one_type(std::move(*converted));
}

Result convert_to_tuple(const Elements& elements, const Value& value, const Type& type) {
  if (value.kind() != TypeKind::tuple) {
    return refuse(value, type);
  }
  const std::vector<Type>& wanted = type.elements();
  if (elements.size() != wanted.size()) {
    return tl::unexpected(
        ConversionError{.path = {},
                        .message = "a tuple of " + text::counted(wanted.size(), "element") +
                                   " is needed, not " + std::to_string(elements.size())});
  }
  Elements converted;
  converted.reserve(elements.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    Result element = convert(elements[i], wanted[i]);
    if (!element) {
      return within(index_step(i), std::move(element.error()));
    }
    converted.push_back(std::move(*element));
  }
  return Value::tuple(std::move(converted));
}

Result convert_sequence(const Elements& elements, const Value& value, const Type& type) {
  if (type.is(TypeKind::tuple)) {
    return convert_to_tuple(elements, value, type);
  }
  if (!type.is(TypeKind::list) && !type.is(TypeKind::set)) {
    return refuse(value, type);
  }
  const Type empty_type = value.kind() == TypeKind::tuple ? Type::any() : value.type().element();
  auto uniform = made_uniform(elements, type, empty_type);
  if (!uniform) {
    return tl::unexpected(std::move(uniform.error()));
  }
  return type.is(TypeKind::list) ? Value::list(uniform->type, std::move(uniform->parts))
                                 : Value::set(uniform->type, std::move(uniform->parts));
}

Result convert_to_object(const Members& members, const Type& type) {
  Members converted;
  for (const auto& [name, wanted] : type.attributes()) {
    const auto found = members.find(name);
    if (found != members.end()) {
      Result member = convert(found->second, wanted.type);
      if (!member) {
        return within("." + name, std::move(member.error()));
      }
      converted.emplace_hint(converted.end(), name, std::move(*member));
    } else if (wanted.is_optional) {
      converted.emplace_hint(converted.end(), name, Value::null(wanted.type.without_optional()));
    } else {
      return tl::unexpected(ConversionError{
          .path = {}, .message = "the attribute " + text::quoted(name) + " is missing"});
    }
  }
  return Value::object(std::move(converted));
}

Result convert_mapping(const Members& members, const Value& value, const Type& type) {
  if (type.is(TypeKind::object)) {
    return convert_to_object(members, type);
  }
  if (!type.is(TypeKind::map)) {
    return refuse(value, type);
  }
  const Type empty_type = value.kind() == TypeKind::object ? Type::any() : value.type().element();
  auto uniform = made_uniform(members, type, empty_type);
  if (!uniform) {
    return tl::unexpected(std::move(uniform.error()));
  }
  return Value::map(uniform->type, std::move(uniform->parts));
}

Result convert_known(const Value& value, const Type& type) {
  if (const Elements* elements = value.as_elements()) {
    return convert_sequence(*elements, value, type);
  }
  if (const Members* members = value.as_members()) {
    return convert_mapping(*members, value, type);
  }
  return type.is_primitive() ? convert_primitive(value, type) : refuse(value, type);
}

/// Null or unknown of the type.
Result convert_valueless(const Value& value, const Type& type) {
  const Type from = value.type();
  if (!is_convertible(from, type, Safety::unsafe)) {
    return refuse(value, type);
  }
  Type filled = filled_in(from, type.without_optional());
  return value.is_null() ? Value::null(std::move(filled)) : Value::unknown(std::move(filled));
}

}  // namespace

Result convert(const Value& value, const Type& type) {
  if (type.is(TypeKind::any) || value.type() == type) {
    return value;
  }
  Result converted = value.is_null() || value.is_unknown() ? convert_valueless(value, type)
                                                           : convert_known(value, type);
  if (!value.is_sensitive()) {
    return converted;
  }
  if (!converted) {
    // The keys on the way are part of the value.
    return tl::unexpected(ConversionError{.path = {}, .message = converted.error().message});
  }
  return converted->marked_sensitive();
}

std::optional<Value> to_string(const Value& value) {
  if (const bool* flag = value.as_bool()) {
    return Value::string(*flag ? "true" : "false").marked_like(value);
  }
  if (const Number* number = value.as_number()) {
    return Value::string(number->to_string()).marked_like(value);
  }
  return value.as_string() != nullptr ? value : retyped(value, Type::string());
}

std::optional<Value> to_number(const Value& value) {
  if (const std::string* text = value.as_string()) {
    const std::optional<Number> number = Number::parse(*text);
    return number ? std::optional(Value::number(*number).marked_like(value)) : std::nullopt;
  }
  return value.as_number() != nullptr ? value : retyped(value, Type::number());
}

std::optional<Value> to_bool(const Value& value) {
  if (const std::string* text = value.as_string()) {
    const bool is_true = *text == "true" || *text == "1";
    const bool is_bool = is_true || *text == "false" || *text == "0";
    return is_bool ? std::optional(Value::boolean(is_true).marked_like(value)) : std::nullopt;
  }
  return value.as_bool() != nullptr ? value : retyped(value, Type::boolean());
}

}  // namespace hcl
