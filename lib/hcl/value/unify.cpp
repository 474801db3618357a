#include "hcl/value/unify.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>
#include <vector>

namespace hcl {
namespace {

/// Negative where `a` is the more general type of the two, positive where `b` is.
int compare(const Type& a, const Type& b);

/// The order of two types whose parts have these orders: that of those which have one, unless they
/// disagree.
int order_of_parts(const std::vector<int>& orders) {
  const bool a_is_ahead = std::any_of(orders.begin(), orders.end(), [](int o) { return o < 0; });
  const bool b_is_ahead = std::any_of(orders.begin(), orders.end(), [](int o) { return o > 0; });
  return a_is_ahead == b_is_ahead ? 0 : a_is_ahead ? -1 : 1;
}

int compare_elements(const std::vector<Type>& a, const std::vector<Type>& b) {
  if (a.size() != b.size()) {
    return 0;
  }
  std::vector<int> orders;
  for (std::size_t i = 0; i < a.size(); ++i) {
    orders.push_back(compare(a[i], b[i]));
  }
  return order_of_parts(orders);
}

int compare_attributes(const Type::Attributes& a, const Type::Attributes& b) {
  if (a.size() != b.size()) {
    return 0;
  }
  std::vector<int> orders;
  for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
    if (x->first != y->first) {
      return 0;
    }
    orders.push_back(compare(x->second.type, y->second.type));
  }
  return order_of_parts(orders);
}

/// Which kind is preferred among those that hold the same contents; a set, which forgets the order,
/// only where nothing else is left.
int generality(TypeKind kind) {
  switch (kind) {
    case TypeKind::list:
      return 3;
    case TypeKind::tuple:
      return 2;
    case TypeKind::set:
      return 1;
    default:
      return 0;
  }
}

int compare_kinds(const Type& a, const Type& b) {
  if (generality(a.kind()) > 0 && generality(b.kind()) > 0) {
    return generality(b.kind()) - generality(a.kind());
  }
  if (a.is(TypeKind::map) && b.is(TypeKind::object)) {
    return -1;
  }
  return a.is(TypeKind::object) && b.is(TypeKind::map) ? 1 : 0;
}

int compare(const Type& a, const Type& b) {
  if (a.is(TypeKind::any) || b.is(TypeKind::any)) {
    // Anything can stand for `any`, so it is never what others should become.
    return a.is(TypeKind::any) == b.is(TypeKind::any) ? 0 : a.is(TypeKind::any) ? 1 : -1;
  }
  if (a.is_primitive() && b.is_primitive()) {
    const bool a_is_string = a.is(TypeKind::string);
    return a_is_string == b.is(TypeKind::string) ? 0 : a_is_string ? -1 : 1;
  }
  if (!(a.kind() == b.kind())) {
    return compare_kinds(a, b);
  }
  if (a.is_collection()) {
    return compare(a.element(), b.element());
  }
  if (a.is(TypeKind::tuple)) {
    return compare_elements(a.elements(), b.elements());
  }
  return compare_attributes(a.attributes(), b.attributes());
}

/// The places of `types`, the more general ones first, and otherwise in order. A string is more
/// general than a number or a bool, a list than a tuple, a map than an object, anything than `any`.
std::vector<std::size_t> by_generality(std::span<const Type> types) {
  std::vector<std::vector<std::size_t>> less_general(types.size());
  std::vector<std::size_t> ahead(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (std::size_t j = i + 1; j < types.size(); ++j) {
      const int order = compare(types[i], types[j]);
      if (order != 0) {
        const auto [general, special] = order < 0 ? std::pair(i, j) : std::pair(j, i);
        less_general[general].push_back(special);
        ++ahead[special];
      }
    }
  }
  std::vector<std::size_t> sorted;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (ahead[i] == 0) {
      sorted.push_back(i);
    }
  }
  for (std::size_t next = 0; next < sorted.size(); ++next) {
    for (const std::size_t special : less_general[sorted[next]]) {
      if (--ahead[special] == 0) {
        sorted.push_back(special);
      }
    }
  }
  return sorted;
}

using Types = std::span<const Type>;

bool all_convert(Types types, const Type& to, Safety safety) {
  return std::all_of(types.begin(), types.end(), [&](const Type& type) {
    return type == to || is_convertible(type, to, safety);
  });
}

std::size_t count(Types types, TypeKind kind) {
  return static_cast<std::size_t>(std::count_if(
      types.begin(), types.end(), [kind](const Type& type) { return type.is(kind); }));
}

std::optional<Type> if_all_convert(Types types, Type to, Safety safety) {
  return all_convert(types, to, safety) ? std::optional(std::move(to)) : std::nullopt;
}

// --- Collections --------------------------------------------------------------------------------

Type collection_of(TypeKind kind, Type element) {
  return kind == TypeKind::list  ? Type::list(std::move(element))
         : kind == TypeKind::set ? Type::set(std::move(element))
                                 : Type::map(std::move(element));
}

std::optional<Type> unify_collections(TypeKind kind, Types types, Safety safety) {
  std::vector<Type> elements;
  for (const Type& type : types) {
    elements.push_back(type.element());
  }
  std::optional<Type> element = unify(elements, safety);
  return element ? if_all_convert(types, collection_of(kind, std::move(*element)), safety)
                 : std::nullopt;
}

// --- Structural types ---------------------------------------------------------------------------

std::vector<Type> parts_of(const Type& type) {
  if (type.is(TypeKind::tuple)) {
    return type.elements();
  }
  std::vector<Type> parts;
  for (const auto& [name, attribute] : type.attributes()) {
    parts.push_back(attribute.type);
  }
  return parts;
}

/// Tuples as a list, objects as a map; nothing if none of them has a part that says of what.
std::optional<Type> unify_parts(TypeKind kind, Types types, Safety safety) {
  std::vector<Type> parts;
  for (const Type& type : types) {
    const std::vector<Type> own = parts_of(type);
    parts.insert(parts.end(), own.begin(), own.end());
  }
  std::optional<Type> part = parts.empty() ? std::nullopt : unify(parts, safety);
  return part ? if_all_convert(types, collection_of(kind, std::move(*part)), safety) : std::nullopt;
}

std::optional<Type> unify_tuples(Types types, Safety safety) {
  const std::size_t size = types[0].elements().size();
  const bool have_one_length = std::all_of(types.begin(), types.end(), [size](const Type& type) {
    return type.elements().size() == size;
  });
  if (!have_one_length) {
    return unify_parts(TypeKind::list, types, safety);
  }
  std::vector<Type> elements;
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<Type> across;
    for (const Type& type : types) {
      across.push_back(type.elements()[i]);
    }
    std::optional<Type> element = unify(across, safety);
    if (!element) {
      return std::nullopt;
    }
    elements.push_back(std::move(*element));
  }
  std::optional<Type> unified = if_all_convert(types, Type::tuple(std::move(elements)), safety);
  return unified ? unified : unify_parts(TypeKind::list, types, safety);
}

bool have_same_names(const Type& a, const Type& b) {
  return std::equal(a.attributes().begin(), a.attributes().end(), b.attributes().begin(),
                    b.attributes().end(),
                    [](const auto& x, const auto& y) { return x.first == y.first; });
}

std::optional<Type> unify_objects(Types types, Safety safety) {
  const bool are_alike = std::all_of(types.begin(), types.end(), [&](const Type& type) {
    return have_same_names(type, types[0]);
  });
  if (!are_alike) {
    return unify_parts(TypeKind::map, types, safety);
  }
  Type::Attributes attributes;
  for (const auto& [name, first] : types[0].attributes()) {
    std::vector<Type> across;
    for (const Type& type : types) {
      across.push_back(type.attributes().find(name)->second.type);
    }
    std::optional<Type> attribute = unify(across, safety);
    if (!attribute) {
      return std::nullopt;
    }
    attributes.emplace(name, Type::Attribute{.type = std::move(*attribute)});
  }
  std::optional<Type> unified = if_all_convert(types, Type::object(std::move(attributes)), safety);
  return unified ? unified : unify_parts(TypeKind::map, types, safety);
}

/// Tuples among lists become lists first, objects among maps become maps.
std::optional<Type> unify_mixed(TypeKind structural, TypeKind collection, Types types,
                                Safety safety) {
  std::vector<Type> found;
  std::copy_if(types.begin(), types.end(), std::back_inserter(found),
               [structural](const Type& type) { return type.is(structural); });
  const std::optional<Type> as_collection = structural == TypeKind::tuple
                                                ? unify_parts(TypeKind::list, found, safety)
                                                : unify_parts(TypeKind::map, found, safety);
  if (!as_collection) {
    return std::nullopt;
  }
  std::vector<Type> replaced(types.begin(), types.end());
  for (Type& type : replaced) {
    if (type.is(structural)) {
      type = *as_collection;
    }
  }
  std::optional<Type> unified = unify(replaced, safety);
  return unified && unified->is(collection) ? unified : std::nullopt;
}

// --- One of the types themselves ----------------------------------------------------------------

/// Whether there can be conversions between all of them; `any` is of every family.
bool are_one_family(Types types) {
  const std::size_t any = count(types, TypeKind::any);
  const std::size_t mappings = count(types, TypeKind::map) + count(types, TypeKind::object);
  const std::size_t sequences =
      count(types, TypeKind::list) + count(types, TypeKind::set) + count(types, TypeKind::tuple);
  const std::size_t primitives = types.size() - any - mappings - sequences;
  return std::max({mappings, sequences, primitives}) + any == types.size();
}

/// The work grows with the square of the number of types. Nobody's configuration has more distinct
/// ones that are of one family, and yet neither all lists nor all tuples nor the like.
constexpr std::size_t max_choice = 1000;

std::optional<Type> choose(Types types, Safety safety) {
  if (!are_one_family(types) || types.size() > max_choice) {
    const bool has_any = count(types, TypeKind::any) > 0;
    return has_any ? std::optional(Type::any()) : std::nullopt;
  }
  for (const std::size_t place : by_generality(types)) {
    if (all_convert(types, types[place], safety)) {
      return types[place];
    }
  }
  return std::nullopt;
}

/// Types that have occurred before say nothing new, and the work grows with their square.
std::vector<Type> distinct(Types types) {
  const auto hash = [](const Type& type) { return type.hash(); };
  std::unordered_set<Type, decltype(hash)> seen(types.size(), hash);
  std::vector<Type> kept;
  for (const Type& type : types) {
    if (seen.insert(type).second) {
      kept.push_back(type);
    }
  }
  return kept;
}

std::optional<Type> unify_distinct(Types types, Safety safety) {
  const std::size_t any = count(types, TypeKind::any);
  for (const TypeKind kind :
       {TypeKind::map, TypeKind::list, TypeKind::set, TypeKind::object, TypeKind::tuple}) {
    const std::size_t found = count(types, kind);
    if (found > 0 && found + any == types.size()) {
      if (any > 0) {
        return Type::any();
      }
      return kind == TypeKind::object  ? unify_objects(types, safety)
             : kind == TypeKind::tuple ? unify_tuples(types, safety)
                                       : unify_collections(kind, types, safety);
    }
  }
  for (const auto& [collection, structural] :
       {std::pair(TypeKind::map, TypeKind::object), std::pair(TypeKind::list, TypeKind::tuple)}) {
    const std::size_t collections = count(types, collection);
    const std::size_t structurals = count(types, structural);
    if (collections > 0 && structurals > 0 && collections + structurals + any == types.size()) {
      if (auto unified = unify_mixed(structural, collection, types, safety)) {
        return unified;
      }
    }
  }
  const bool has_both = count(types, TypeKind::object) > 0 && count(types, TypeKind::tuple) > 0;
  return has_both ? std::nullopt : choose(types, safety);
}

}  // namespace

std::optional<Type> unify(Types types, Safety safety) {
  const std::vector<Type> kept = distinct(types);
  return kept.empty()       ? std::optional(Type::any())
         : kept.size() == 1 ? std::optional(kept.front())
                            : unify_distinct(kept, safety);
}

}  // namespace hcl
