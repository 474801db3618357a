// setintersection, setproduct, setsubtract, setunion.
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/size_limit.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"
#include "hcl/value/order.h"
#include "hcl/value/unify.h"

namespace hcl::functions {
namespace {

/// Elements in the order of a set.
using Operation = Elements (*)(const Elements& a, const Elements& b);

Elements united(const Elements& a, const Elements& b) {
  Elements result;
  std::ranges::set_union(a, b, std::back_inserter(result), precedes);
  return result;
}

Elements intersected(const Elements& a, const Elements& b) {
  Elements result;
  std::ranges::set_intersection(a, b, std::back_inserter(result), precedes);
  return result;
}

Elements subtracted(const Elements& a, const Elements& b) {
  Elements result;
  std::ranges::set_difference(a, b, std::back_inserter(result), precedes);
  return result;
}

/// The element type that all of `sets` convert to. An empty set whose type is open fits any other.
std::optional<Type> common_element_type(Arguments sets) {
  std::vector<Type> types;
  for (const Value& set : sets) {
    const Type element = set.type().element();
    if (!elements_of(set).empty() || !element.is(TypeKind::any)) {
      types.push_back(element);
    }
  }
  return unify(types, Safety::unsafe);
}

FunctionResult combine(Arguments sets, Operation operation) {
  const std::optional<Type> element = common_element_type(sets);
  if (!element) {
    return fail("the elements of the sets have no type in common");
  }
  Elements result;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const auto set = convert(sets[i], Type::set(*element));
    if (!set) {
      return fail(i, set.error().message);
    }
    result = i == 0 ? elements_of(*set) : operation(result, elements_of(*set));
  }
  return Value::set(*element, std::move(result));
}

FunctionResult call_setintersection(Arguments arguments) {
  return combine(arguments, intersected);
}

FunctionResult call_setsubtract(Arguments arguments) {
  return combine(arguments, subtracted);
}

FunctionResult call_setunion(Arguments arguments) {
  return combine(arguments, united);
}

/// What one argument puts into the tuples of a product: a list of its elements.
FunctionResult factor(Arguments arguments, std::size_t index) {
  if (arguments[index].as_elements() == nullptr) {
    return needs(arguments, index, "a list, set or tuple");
  }
  auto list = convert(arguments[index], Type::list(Type::any()));
  if (!list) {
    return fail(index, list.error().message);
  }
  return std::move(*list);
}

/// Counts up in `places`, the last one fastest; false after the last combination.
bool advance(std::vector<std::size_t>& places, Arguments factors) {
  for (std::size_t i = places.size(); i-- > 0;) {
    if (++places[i] < elements_of(factors[i]).size()) {
      return true;
    }
    places[i] = 0;
  }
  return false;
}

/// How many combinations of an element of each factor there are; no more than a value could hold.
std::optional<std::size_t> count_combinations(Arguments factors) {
  std::uint64_t count = 1;
  for (const Value& factor : factors) {
    count = std::min(count, max_value_size) * elements_of(factor).size();
  }
  return count <= max_value_size / part_size ? std::optional(count) : std::nullopt;
}

/// All combinations; nothing if they are too many.
std::optional<Elements> combinations(Arguments factors) {
  const std::optional<std::size_t> count = count_combinations(factors);
  if (!count) {
    return std::nullopt;
  }
  SizeLimit limit;
  Elements tuples;
  tuples.reserve(*count);
  std::vector<std::size_t> places(factors.size());
  bool has_next = *count > 0;
  while (has_next) {
    Elements parts;
    for (std::size_t i = 0; i < factors.size(); ++i) {
      parts.push_back(elements_of(factors[i])[places[i]]);
    }
    tuples.push_back(Value::tuple(std::move(parts)));
    if (!limit.take(tuples.back())) {
      return std::nullopt;
    }
    has_next = advance(places, factors);
  }
  return tuples;
}

FunctionResult call_setproduct(Arguments arguments) {
  std::vector<Value> factors;
  std::vector<Type> types;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    auto list = factor(arguments, i);
    if (!list) {
      return list;
    }
    types.push_back(list->type().element());
    factors.push_back(std::move(*list));
  }
  auto tuples = combinations(factors);
  if (!tuples) {
    return too_large();
  }
  const bool has_set = std::ranges::any_of(
      arguments, [](const Value& argument) { return argument.kind() == TypeKind::set; });
  const Type type = Type::tuple(std::move(types));
  return has_set ? Value::set(type, std::move(*tuples)) : Value::list(type, std::move(*tuples));
}

}  // namespace

Functions set_functions() {
  const Parameter set{"set", Type::set(Type::any())};
  const Parameter any{"set", {}};
  return {
      {"setintersection", {.parameters = {set}, .rest = set, .call = call_setintersection}},
      {"setproduct", {.parameters = {any, any}, .rest = any, .call = call_setproduct}},
      {"setsubtract", {.parameters = {set, set}, .call = call_setsubtract}},
      {"setunion", {.parameters = {set}, .rest = set, .call = call_setunion}},
  };
}

}  // namespace hcl::functions
