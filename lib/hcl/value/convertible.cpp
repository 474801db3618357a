#include "hcl/value/convertible.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "hcl/value/unify.h"

namespace hcl {
namespace {

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

}  // namespace hcl
