// keys, lookup, matchkeys, merge, transpose, values, zipmap.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"
#include "hcl/value/order.h"
#include "hcl/value/unify.h"
#include "text/quote.h"

namespace hcl::functions {
namespace {

FunctionResult call_keys(Arguments arguments) {
  const Members* members = arguments[0].as_members();
  if (members == nullptr) {
    return needs(arguments, 0, "a map or object");
  }
  Elements keys;
  for (const auto& [key, member] : *members) {
    keys.push_back(Value::string(key));
  }
  return arguments[0].kind() == TypeKind::map ? Value::list(Type::string(), std::move(keys))
                                              : Value::tuple(std::move(keys));
}

FunctionResult call_values(Arguments arguments) {
  const Members* members = arguments[0].as_members();
  if (members == nullptr) {
    return needs(arguments, 0, "a map or object");
  }
  Elements values;
  for (const auto& [key, member] : *members) {
    values.push_back(member);
  }
  return arguments[0].kind() == TypeKind::map
             ? Value::list(arguments[0].type().element(), std::move(values))
             : Value::tuple(std::move(values));
}

FunctionResult call_lookup(Arguments arguments) {
  const Members* members = arguments[0].as_members();
  if (members == nullptr) {
    return needs(arguments, 0, "a map or object");
  }
  const bool is_map = arguments[0].kind() == TypeKind::map;
  const bool has_default = arguments.size() > 2;
  const auto fallback =
      convert(has_default ? arguments[2] : Value(),
              is_map && has_default ? arguments[0].type().element() : Type::any());
  if (!fallback) {
    return fail(2, fmt::format("the default must have the type of the map's elements: {}",
                               fallback.error().message));
  }
  const auto found = members->find(string_of(arguments[1]));
  if (found != members->end()) {
    return found->second;
  }
  if (!has_default) {
    return fail(
        1, fmt::format("there is no key {}, and no default was given", to_hcl(arguments[1], 50)));
  }
  return *fallback;
}

FunctionResult call_matchkeys(Arguments arguments) {
  const std::optional<Type> common =
      unify(std::vector{arguments[1].type(), arguments[2].type()}, Safety::unsafe);
  if (!common) {
    return fail(2, "the keys and the keys to search for have no type in common");
  }
  const auto keys = convert(arguments[1], *common);
  const auto wanted = convert(arguments[2], *common);
  if (!keys || !wanted) {
    return fail(keys ? 2 : 1, (keys ? wanted : keys).error().message);
  }
  const Elements& values = elements_of(arguments[0]);
  if (values.size() != elements_of(*keys).size()) {
    return fail(1, fmt::format("there are {} values but {} keys",
                               shown(arguments[0], std::to_string(values.size())),
                               shown(arguments[1], std::to_string(elements_of(*keys).size()))));
  }
  const std::set<Value, decltype(&precedes)> search(elements_of(*wanted).begin(),
                                                    elements_of(*wanted).end(), &precedes);
  Elements kept;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (search.contains(elements_of(*keys)[i])) {
      kept.push_back(values[i]);
    }
  }
  return Value::list(arguments[0].type().element(), std::move(kept));
}

/// Whether a null of this type counts as a map without members.
bool may_be_mapping(const Type& type) {
  return type.is(TypeKind::any) || type.is(TypeKind::map) || type.is(TypeKind::object);
}

FunctionResult call_merge(Arguments arguments) {
  Members merged;
  bool is_map = !arguments.empty();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type type = arguments[i].type();
    is_map = is_map && type.is(TypeKind::map) && type == arguments[0].type();
    if (const Members* members = arguments[i].as_members()) {
      for (const auto& [key, member] : *members) {
        merged.insert_or_assign(key, member);
      }
    } else if (!may_be_mapping(type)) {
      return needs(arguments, i, "a map or object");
    }
  }
  return is_map ? Value::map(arguments[0].type().element(), std::move(merged))
                : Value::object(std::move(merged));
}

FunctionResult call_transpose(Arguments arguments) {
  std::map<std::string, Elements> lists;
  for (const auto& [key, list] : members_of(arguments[0])) {
    const Value name = Value::string(key);
    if (list.is_null()) {
      return fail(0, fmt::format("the list of {} is null", shown(arguments[0], text::quoted(key))));
    }
    for (const Value& element : elements_of(list)) {
      if (element.is_null()) {
        return fail(
            0, fmt::format("the list of {} holds a null", shown(arguments[0], text::quoted(key))));
      }
      lists[string_of(element)].push_back(name);
    }
  }
  Members transposed;
  for (auto& [key, list] : lists) {
    transposed.emplace(key, Value::list(Type::string(), std::move(list)));
  }
  return Value::map(Type::list(Type::string()), std::move(transposed));
}

FunctionResult call_zipmap(Arguments arguments) {
  const Elements& keys = elements_of(arguments[0]);
  const Elements* values = arguments[1].as_elements();
  if (values == nullptr || arguments[1].kind() == TypeKind::set) {
    return needs(arguments, 1, "a list or tuple");
  }
  if (keys.size() != values->size()) {
    return fail(fmt::format("there are {} keys but {} values",
                            shown(arguments[0], std::to_string(keys.size())),
                            shown(arguments[1], std::to_string(values->size()))));
  }
  Members members;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].is_null()) {
      return fail(0, fmt::format("the key at index {} is null", i));
    }
    members.insert_or_assign(string_of(keys[i]), (*values)[i]);
  }
  return arguments[1].kind() == TypeKind::list
             ? Value::map(arguments[1].type().element(), std::move(members))
             : Value::object(std::move(members));
}

}  // namespace

Functions mapping_functions() {
  const Type list = Type::list(Type::any());
  const Parameter map{"map", {}};
  const Parameter nullable_map{"map", {}, true};
  return {
      {"keys", {.parameters = {map}, .call = call_keys}},
      {"lookup",
       {.parameters = {map, {"key", Type::string()}, {"default", {}, true}},
        .optional_parameters = 1,
        .call = call_lookup}},
      {"matchkeys",
       {.parameters = {{"values", list}, {"keys", list}, {"search", list}},
        .call = call_matchkeys}},
      {"merge", {.rest = nullable_map, .call = call_merge}},
      {"transpose",
       {.parameters = {{"map", Type::map(Type::list(Type::string()))}}, .call = call_transpose}},
      {"values", {.parameters = {map}, .call = call_values}},
      {"zipmap",
       {.parameters = {{"keys", Type::list(Type::string())}, {"values", {}}}, .call = call_zipmap}},
  };
}

}  // namespace hcl::functions
