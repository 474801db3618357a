#include "hcl/value/convert.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "hcl/value/unify.h"
#include "text/quote.h"

namespace hcl {
namespace {

using Result = tl::expected<Value, ConversionError>;

// --- Types --------------------------------------------------------------------------------------

bool is_sequence(const Type& type) {
  return type.is(TypeKind::list) || type.is(TypeKind::set) || type.is(TypeKind::tuple);
}

bool is_mapping(const Type& type) {
  return type.is(TypeKind::map) || type.is(TypeKind::object);
}

bool is_primitive_convertible(TypeKind from, TypeKind to, Safety safety) {
  return from == to || to == TypeKind::string ||
         (from == TypeKind::string && safety == Safety::unsafe);
}

bool is_element_convertible(const Type& from, const Type& to, Safety safety) {
  return from == to || is_convertible(from, to, safety);
}

std::vector<Type> types_of(const Type::Attributes& attributes) {
  std::vector<Type> types;
  for (const auto& [name, attribute] : attributes) {
    types.push_back(attribute.type);
  }
  return types;
}

bool are_any(const std::vector<Type>& types) {
  return std::all_of(types.begin(), types.end(),
                     [](const Type& type) { return type.is(TypeKind::any); });
}

/// Whether parts of these types, which have no type in common but `any`, make a collection as they
/// are. Nothing but bare nulls makes a list; in a map they stand beside parts of one other type.
bool agree(TypeKind collection, const std::vector<Type>& types) {
  if (collection != TypeKind::map) {
    return are_any(types);
  }
  const auto first = std::find_if(types.begin(), types.end(),
                                  [](const Type& type) { return !type.is(TypeKind::any); });
  return std::all_of(first, types.end(),
                     [&](const Type& type) { return type.is(TypeKind::any) || type == *first; });
}

/// Whether all of `parts` can become elements of one collection.
bool are_parts_convertible(const std::vector<Type>& parts, const Type& collection, Safety safety) {
  const Type& element = collection.element();
  if (element.is(TypeKind::any)) {
    const std::optional<Type> common = unify(parts, safety);
    return common && (!common->is(TypeKind::any) || collection.is(TypeKind::map) || are_any(parts));
  }
  return std::all_of(parts.begin(), parts.end(), [&](const Type& part) {
    return is_element_convertible(part, element, safety);
  });
}

bool is_sequence_convertible(const Type& from, const Type& to, Safety safety) {
  if (to.is(TypeKind::tuple)) {
    return from.is(TypeKind::tuple) && from.elements().size() == to.elements().size() &&
           std::equal(from.elements().begin(), from.elements().end(), to.elements().begin(),
                      [safety](const Type& a, const Type& b) {
                        return is_element_convertible(a, b, safety);
                      });
  }
  if (from.is(TypeKind::tuple)) {
    return are_parts_convertible(from.elements(), to, safety);
  }
  const bool loses_order = from.is(TypeKind::list) && to.is(TypeKind::set);
  return !(loses_order && safety == Safety::safe) &&
         is_element_convertible(from.element(), to.element(), safety);
}

/// Every attribute that `to` needs is there and fits.
bool is_object_convertible(const Type& from, const Type& to, Safety safety) {
  return std::all_of(to.attributes().begin(), to.attributes().end(), [&](const auto& entry) {
    const auto& [name, wanted] = entry;
    const auto found = from.attributes().find(name);
    return found == from.attributes().end()
               ? wanted.is_optional
               : is_element_convertible(found->second.type, wanted.type, safety);
  });
}

bool is_mapping_convertible(const Type& from, const Type& to, Safety safety) {
  if (to.is(TypeKind::map)) {
    return from.is(TypeKind::map) ? is_element_convertible(from.element(), to.element(), safety)
                                  : are_parts_convertible(types_of(from.attributes()), to, safety);
  }
  if (from.is(TypeKind::object)) {
    return is_object_convertible(from, to, safety);
  }
  return safety == Safety::unsafe &&
         std::all_of(to.attributes().begin(), to.attributes().end(), [&](const auto& entry) {
           return entry.second.is_optional ||
                  is_element_convertible(from.element(), entry.second.type, safety);
         });
}

/// `to` with its `any` replaced by what stands there in `from`, which is convertible to it.
Type filled_in(const Type& from, const Type& to) {
  if (from.is(TypeKind::any) || to.is_wholly_known()) {
    return to;
  }
  if (to.is(TypeKind::any)) {
    return from;
  }
  if (to.is_collection()) {
    const Type part =
        from.is_collection()
            ? from.element()
            : unify(from.is(TypeKind::tuple) ? from.elements() : types_of(from.attributes()),
                    Safety::unsafe)
                  .value_or(Type::any());
    const Type element = filled_in(part, to.element());
    return to.is(TypeKind::list)  ? Type::list(element)
           : to.is(TypeKind::set) ? Type::set(element)
                                  : Type::map(element);
  }
  if (to.is(TypeKind::tuple)) {
    std::vector<Type> elements;
    for (std::size_t i = 0; i < to.elements().size(); ++i) {
      elements.push_back(filled_in(from.elements()[i], to.elements()[i]));
    }
    return Type::tuple(std::move(elements));
  }
  Type::Attributes attributes;
  for (const auto& [name, wanted] : to.attributes()) {
    Type type = wanted.type;
    if (from.is(TypeKind::map)) {
      type = filled_in(from.element(), type);
    } else if (const auto found = from.attributes().find(name); found != from.attributes().end()) {
      type = filled_in(found->second.type, type);
    }
    attributes.emplace(name, Type::Attribute{.type = std::move(type)});
  }
  return Type::object(std::move(attributes));
}

// --- Values -------------------------------------------------------------------------------------

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
  if (!is_sequence(type)) {
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
  if (!is_mapping(type)) {
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

bool is_convertible(const Type& from, const Type& to, Safety safety) {
  if (to.is(TypeKind::any)) {
    return true;
  }
  if (from.is(TypeKind::any)) {
    return safety == Safety::unsafe;
  }
  if (from.is_primitive() && to.is_primitive()) {
    return is_primitive_convertible(from.kind(), to.kind(), safety);
  }
  if (is_sequence(from) && is_sequence(to)) {
    return is_sequence_convertible(from, to, safety);
  }
  return is_mapping(from) && is_mapping(to) && is_mapping_convertible(from, to, safety);
}

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
