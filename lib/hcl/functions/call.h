// What the code of every function is written with: the arguments of a call, and its failures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "hcl/value/function.h"
#include "hcl/value/value.h"

namespace hcl::functions {

using Arguments = std::span<const Value>;

/// One argument is to blame.
[[nodiscard]] tl::unexpected<FunctionError> fail(std::size_t argument, std::string message);
/// The call as a whole is.
[[nodiscard]] tl::unexpected<FunctionError> fail(std::string message);

// The contents of an argument whose parameter has such a type and does not take null.
[[nodiscard]] inline bool bool_of(const Value& value) {
  return *value.as_bool();
}
[[nodiscard]] inline const Number& number_of(const Value& value) {
  return *value.as_number();
}
[[nodiscard]] inline const std::string& string_of(const Value& value) {
  return *value.as_string();
}
[[nodiscard]] inline const Elements& elements_of(const Value& value) {
  return *value.as_elements();
}
[[nodiscard]] inline const Members& members_of(const Value& value) {
  return *value.as_members();
}

/// The argument at `index`, a number that has to be a whole one of at most 64 bits. `what` names it
/// in the message: "the offset".
[[nodiscard]] tl::expected<std::int64_t, FunctionError> whole_number(Arguments arguments,
                                                                     std::size_t index,
                                                                     std::string_view what);

/// `text`, which was made of the argument `origin`, as a message may show it.
[[nodiscard]] std::string shown(const Value& origin, std::string text);

/// `message` with `text`, which was made of the argument `origin`, as it may be shown.
[[nodiscard]] std::string shown_in(std::string message, const Value& origin, std::string_view text);

/// The failure where the argument at `index` is not `what`, "a list or tuple".
[[nodiscard]] tl::unexpected<FunctionError> needs(Arguments arguments, std::size_t index,
                                                  std::string_view what);

/// A number of things.
[[nodiscard]] Value count_value(std::size_t count);

/// A list or tuple, like `origin`, of its elements or a part of them.
[[nodiscard]] Value sequence_like(const Value& origin, Elements elements);

}  // namespace hcl::functions
