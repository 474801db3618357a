// alltrue, anytrue, coalesce, coalescelist, contains, element, index, length, one: what a list is,
// and which of several values counts.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"
#include "hcl/value/unify.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

/// A null is neither true nor false: it counts as false.
bool is_true(const Value& value) {
  return value.as_bool() != nullptr && bool_of(value);
}

FunctionResult call_alltrue(Arguments arguments) {
  return Value::boolean(std::ranges::all_of(elements_of(arguments[0]), is_true));
}

FunctionResult call_anytrue(Arguments arguments) {
  return Value::boolean(std::ranges::any_of(elements_of(arguments[0]), is_true));
}

FunctionResult call_coalesce(Arguments arguments) {
  std::vector<Type> types;
  types.reserve(arguments.size());
  for (const Value& argument : arguments) {
    types.push_back(argument.type());
  }
  const std::optional<Type> common = unify(types, Safety::unsafe);
  if (!common) {
    return fail("the arguments have no type in common");
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto converted = convert(arguments[i], *common);
    if (!converted) {
      return fail(i, converted.error().message);
    }
    const std::string* text = converted->as_string();
    if (!converted->is_null() && (text == nullptr || !text->empty())) {
      return *converted;
    }
  }
  return fail("every argument is null or an empty string; end with one that is not");
}

FunctionResult call_coalescelist(Arguments arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type type = arguments[i].type();
    if (!type.is(TypeKind::list) && !type.is(TypeKind::tuple)) {
      return needs(arguments, i, "a list or tuple");
    }
  }
  const auto found = std::ranges::find_if(arguments, [](const Value& argument) {
    const Elements* elements = argument.as_elements();
    return elements != nullptr && !elements->empty();
  });
  if (found == arguments.end()) {
    return fail("every argument is null or empty; end with one that is not");
  }
  return *found;
}

FunctionResult call_contains(Arguments arguments) {
  const Elements* elements = arguments[0].as_elements();
  if (elements == nullptr) {
    return needs(arguments, 0, "a list, set or tuple");
  }
  return Value::boolean(std::ranges::find(*elements, arguments[1]) != elements->end());
}

/// The elements of an argument whose elements have places.
tl::expected<const Elements*, FunctionError> sequence(Arguments arguments, std::size_t index) {
  const Elements* elements = arguments[index].as_elements();
  if (elements == nullptr || arguments[index].kind() == TypeKind::set) {
    return needs(arguments, index, "a list or tuple");
  }
  return elements;
}

FunctionResult call_element(Arguments arguments) {
  const auto elements = sequence(arguments, 0);
  if (!elements) {
    return tl::unexpected(elements.error());
  }
  const auto index = whole_number(arguments, 1, "the index");
  if (!index) {
    return tl::unexpected(index.error());
  }
  if ((*elements)->empty()) {
    return fail(0, "an empty list has no elements");
  }
  const auto count = static_cast<std::int64_t>((*elements)->size());
  const std::int64_t wrapped = (*index % count + count) % count;
  return (**elements)[static_cast<std::size_t>(wrapped)];
}

FunctionResult call_index(Arguments arguments) {
  const auto elements = sequence(arguments, 0);
  if (!elements) {
    return tl::unexpected(elements.error());
  }
  const auto found = std::ranges::find(**elements, arguments[1]);
  if (found == (*elements)->end()) {
    return fail(1, fmt::format("the list has no element {}", to_hcl(arguments[1], 50)));
  }
  return count_value(static_cast<std::size_t>(found - (*elements)->begin()));
}

FunctionResult call_length(Arguments arguments) {
  const Value& value = arguments[0];
  if (const std::string* text = value.as_string()) {
    return count_value(text::count_graphemes(*text));
  }
  if (const Elements* elements = value.as_elements()) {
    return count_value(elements->size());
  }
  if (const Members* members = value.as_members()) {
    return count_value(members->size());
  }
  return needs(arguments, 0, "a string, list, set, tuple, map or object");
}

FunctionResult call_one(Arguments arguments) {
  const Elements* elements = arguments[0].as_elements();
  if (elements == nullptr) {
    return needs(arguments, 0, "a list, set or tuple");
  }
  if (elements->size() > 1) {
    return fail(0, fmt::format("at most one element is allowed, and there are {}",
                               shown(arguments[0], std::to_string(elements->size()))));
  }
  if (!elements->empty()) {
    return elements->front();
  }
  const Type type = arguments[0].type();
  return Value::null(type.is_collection() ? type.element() : Type::any());
}

}  // namespace

Functions search_functions() {
  const Parameter list{"list", {}};
  const Parameter value{"value", {}};
  const Parameter nullable{"value", {}, true};
  const Parameter bools{"list", Type::list(Type::boolean())};
  return {
      {"alltrue", {.parameters = {bools}, .call = call_alltrue}},
      {"anytrue", {.parameters = {bools}, .call = call_anytrue}},
      {"coalesce", {.parameters = {nullable}, .rest = nullable, .call = call_coalesce}},
      {"coalescelist", {.parameters = {nullable}, .rest = nullable, .call = call_coalescelist}},
      {"contains", {.parameters = {list, nullable}, .call = call_contains}},
      {"element", {.parameters = {list, {"index", Type::number()}}, .call = call_element}},
      {"index", {.parameters = {list, value}, .call = call_index}},
      {"length", {.parameters = {value}, .call = call_length}},
      {"one", {.parameters = {list}, .call = call_one}},
  };
}

}  // namespace hcl::functions
