// Values from JSON text (RFC 8259) and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "hcl/value/value.h"

namespace hcl {

struct JsonError {
  /// Where in the text, in bytes; not known of what is wrong with a value.
  std::optional<std::size_t> offset;
  /// "unexpected end of input".
  std::string message;
};

/// JSON objects become objects and arrays become tuples; of two members with one name the last
/// counts, and their types must agree. An escape for half a surrogate pair gives U+FFFD. Numbers
/// keep their precision and have the range of all numbers. Nesting is limited to 1,000 levels.
[[nodiscard]] tl::expected<Value, JsonError> from_json(std::string_view text);

enum class JsonEscapes : std::uint8_t {
  /// What JSON needs.
  minimal,
  /// Also <, >, & and the line separators U+2028 and U+2029, as the original's jsonencode does.
  html,
};

/// Compact, members in order of name; numbers as decimal text in full, except that infinities,
/// which JSON does not have, are the strings "+Inf" and "-Inf". `value` is wholly known. Marks are
/// not looked at: what is sensitive is written too.
[[nodiscard]] std::string to_json(const Value& value, JsonEscapes escapes = JsonEscapes::minimal);

}  // namespace hcl
