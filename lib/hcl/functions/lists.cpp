// chunklist, compact, concat, distinct, flatten, range, reverse, slice, sort: lists from lists.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/size_limit.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"
#include "hcl/value/order.h"
#include "hcl/value/unify.h"

namespace hcl::functions {
namespace {

constexpr std::size_t max_range = 1024;

FunctionResult call_chunklist(Arguments arguments) {
  const Elements& elements = elements_of(arguments[0]);
  const Type type = arguments[0].type();
  const auto given = whole_number(arguments, 1, "the size");
  if (!given) {
    return tl::unexpected(given.error());
  }
  if (*given < 0) {
    return fail(1,
                fmt::format("the size must not be negative, and {} is", to_hcl(arguments[1], 50)));
  }
  const std::size_t size = *given == 0 ? elements.size() : static_cast<std::size_t>(*given);
  Elements chunks;
  for (std::size_t begin = 0; begin < elements.size();) {
    const std::size_t end = begin + std::min(size, elements.size() - begin);
    const auto first = elements.begin();
    chunks.push_back(
        Value::list(type.element(), Elements(first + static_cast<std::ptrdiff_t>(begin),
                                             first + static_cast<std::ptrdiff_t>(end))));
    begin = end;
  }
  return Value::list(type, std::move(chunks));
}

FunctionResult call_compact(Arguments arguments) {
  Elements kept;
  std::ranges::copy_if(elements_of(arguments[0]), std::back_inserter(kept),
                       [](const Value& element) {
                         return element.as_string() != nullptr && !string_of(element).empty();
                       });
  return Value::list(Type::string(), std::move(kept));
}

/// The type of a concatenation that is a list: lists only, whose elements have a type in common.
std::optional<Type> common_list_type(Arguments arguments) {
  std::vector<Type> types;
  for (const Value& argument : arguments) {
    if (argument.kind() != TypeKind::list) {
      return std::nullopt;
    }
    types.push_back(argument.type());
  }
  return unify(types, Safety::unsafe);
}

FunctionResult call_concat(Arguments arguments) {
  SizeLimit limit;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].kind() != TypeKind::list && arguments[i].kind() != TypeKind::tuple) {
      return needs(arguments, i, "a list or tuple");
    }
    if (!limit.take(arguments[i])) {
      return too_large();
    }
  }
  const std::optional<Type> list_type = common_list_type(arguments);
  Elements all;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto converted = convert(arguments[i], list_type.value_or(Type::any()));
    if (!converted) {
      return fail(i, converted.error().message);
    }
    std::ranges::copy(elements_of(*converted), std::back_inserter(all));
  }
  return list_type ? Value::list(list_type->element(), std::move(all))
                   : Value::tuple(std::move(all));
}

FunctionResult call_distinct(Arguments arguments) {
  std::set<Value, decltype(&precedes)> seen(&precedes);
  Elements kept;
  for (const Value& element : elements_of(arguments[0])) {
    if (seen.insert(element).second) {
      kept.push_back(element);
    }
  }
  return Value::list(arguments[0].type().element(), std::move(kept));
}

/// Recurses as deep as the value.
void append_flattened(Elements& all, const Elements& elements) {
  for (const Value& element : elements) {
    if (const Elements* nested = element.as_elements()) {
      append_flattened(all, *nested);
    } else {
      all.push_back(element);
    }
  }
}

FunctionResult call_flatten(Arguments arguments) {
  const Elements* elements = arguments[0].as_elements();
  if (elements == nullptr) {
    return needs(arguments, 0, "a list, set or tuple");
  }
  Elements all;
  append_flattened(all, *elements);
  return Value::tuple(std::move(all));
}

/// The start, the end and the step that one, two or three arguments stand for.
struct Progression {
  Number start;
  Number end;
  Number step;
};

Progression progression(Arguments arguments) {
  Progression result{.step = Number(1)};
  (arguments.size() == 1 ? result.end : result.start) = number_of(arguments[0]);
  if (arguments.size() > 1) {
    result.end = number_of(arguments[1]);
  }
  if (arguments.size() > 2) {
    result.step = number_of(arguments[2]);
  } else if (result.end < result.start) {
    result.step = Number(-1);
  }
  return result;
}

FunctionResult call_range(Arguments arguments) {
  const auto [start, end, step] = progression(arguments);
  if (step.sign() == 0) {
    return fail(2, "the step must not be zero");
  }
  const bool goes_down = step.sign() < 0;
  if (goes_down ? end > start : end < start) {
    const auto shown_at = [&](std::size_t index, const Number& number) {
      return index < arguments.size() ? shown(arguments[index], number.to_string())
                                      : number.to_string();
    };
    const std::size_t first = arguments.size() > 1 ? 0 : arguments.size();
    return fail(1, fmt::format("from {} no step of {} leads to {}", shown_at(first, start),
                               shown_at(2, step), shown_at(first == 0 ? 1 : 0, end)));
  }
  Elements numbers;
  Number next = start;
  while (goes_down ? next > end : next < end) {
    if (numbers.size() == max_range) {
      return fail(fmt::format(
          "a range has at most {} numbers; choose a larger step or a nearer end", max_range));
    }
    numbers.push_back(Value::number(next));
    next = Number::add(next, step).value_or(end);
  }
  return Value::list(Type::number(), std::move(numbers));
}

FunctionResult call_reverse(Arguments arguments) {
  const Elements* elements = arguments[0].as_elements();
  if (elements == nullptr) {
    return needs(arguments, 0, "a list, set or tuple");
  }
  return sequence_like(arguments[0], Elements(elements->rbegin(), elements->rend()));
}

FunctionResult call_slice(Arguments arguments) {
  const Elements* elements = arguments[0].as_elements();
  if (elements == nullptr || arguments[0].kind() == TypeKind::set) {
    return needs(arguments, 0, "a list or tuple");
  }
  const auto start = whole_number(arguments, 1, "the start");
  if (!start) {
    return tl::unexpected(start.error());
  }
  const auto end = whole_number(arguments, 2, "the end");
  if (!end) {
    return tl::unexpected(end.error());
  }
  const auto size = static_cast<std::int64_t>(elements->size());
  if (*end < 0 || *end > size) {
    return fail(2,
                fmt::format("the end must be from 0 to {}, the length of the list, not {}",
                            shown(arguments[0], std::to_string(size)), to_hcl(arguments[2], 50)));
  }
  if (*start < 0 || *start > *end) {
    return fail(1, fmt::format("the start must be from 0 to {}, the end, not {}",
                               to_hcl(arguments[2], 50), to_hcl(arguments[1], 50)));
  }
  return sequence_like(arguments[0],
                       Elements(elements->begin() + *start, elements->begin() + *end));
}

FunctionResult call_sort(Arguments arguments) {
  Elements sorted = elements_of(arguments[0]);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i].is_null()) {
      return fail(0, fmt::format("the element at index {} is null: nulls cannot be sorted", i));
    }
  }
  std::ranges::stable_sort(
      sorted, [](const Value& a, const Value& b) { return string_of(a) < string_of(b); });
  return Value::list(Type::string(), std::move(sorted));
}

}  // namespace

Functions list_functions() {
  const Type number = Type::number();
  const Parameter any{"list", {}};
  const Parameter list{"list", Type::list(Type::any())};
  const Parameter strings{"list", Type::list(Type::string())};
  return {
      {"chunklist", {.parameters = {list, {"size", number}}, .call = call_chunklist}},
      {"compact", {.parameters = {strings}, .call = call_compact}},
      {"concat", {.parameters = {any}, .rest = any, .call = call_concat}},
      {"distinct", {.parameters = {list}, .call = call_distinct}},
      {"flatten", {.parameters = {any}, .call = call_flatten}},
      {"range",
       {.parameters = {{"start", number}, {"end", number}, {"step", number}},
        .optional_parameters = 2,
        .call = call_range}},
      {"reverse", {.parameters = {any}, .call = call_reverse}},
      {"slice", {.parameters = {any, {"start", number}, {"end", number}}, .call = call_slice}},
      {"sort", {.parameters = {strings}, .call = call_sort}},
  };
}

}  // namespace hcl::functions
