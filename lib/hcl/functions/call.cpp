#include "hcl/functions/call.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "text/quote.h"

namespace hcl::functions {

tl::unexpected<FunctionError> fail(std::size_t argument, std::string message) {
  return tl::unexpected(FunctionError{.argument = argument, .message = std::move(message)});
}

tl::unexpected<FunctionError> fail(std::string message) {
  return tl::unexpected(FunctionError{.argument = std::nullopt, .message = std::move(message)});
}

tl::expected<std::int64_t, FunctionError> whole_number(Arguments arguments, std::size_t index,
                                                       std::string_view what) {
  const Number& number = number_of(arguments[index]);
  if (const std::optional<std::int64_t> whole = number.to_int64()) {
    return *whole;
  }
  return fail(index, number.is_integer() ? fmt::format("{} must fit into 64 bits", what)
                                         : fmt::format("{} must be a whole number, not {}", what,
                                                       to_hcl(arguments[index], 50)));
}

std::string shown(const Value& origin, std::string text) {
  return origin.is_sensitive() ? "(sensitive)" : std::move(text);
}

std::string shown_in(std::string message, const Value& origin, std::string_view text) {
  const std::string quoted = text::quoted(text);
  const std::size_t at = origin.is_sensitive() ? message.find(quoted) : std::string::npos;
  return at == std::string::npos ? message : message.replace(at, quoted.size(), "(sensitive)");
}

tl::unexpected<FunctionError> needs(Arguments arguments, std::size_t index, std::string_view what) {
  return fail(index, fmt::format("{} is needed, not {}", what, arguments[index].described_type()));
}

Value count_value(std::size_t count) {
  return Value::number(Number(static_cast<std::int64_t>(count)));
}

Value sequence_like(const Value& origin, Elements elements) {
  return origin.kind() == TypeKind::tuple
             ? Value::tuple(std::move(elements))
             : Value::list(origin.type().element(), std::move(elements));
}

}  // namespace hcl::functions
