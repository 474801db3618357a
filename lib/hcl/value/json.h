// Values from JSON text (RFC 8259) and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "diagnostic/source_file.h"
#include "hcl/value/value.h"

namespace hcl {

struct JsonError {
  enum class Kind : std::uint8_t {
    /// The text is not JSON.
    syntax,
    /// It is, and holds a value that cannot be read.
    value,
  };

  Kind kind = Kind::syntax;
  /// Where in the text, in bytes.
  std::size_t offset = 0;
  /// `expected a value, found the end of the text`.
  std::string message;
};

/// A member of an object, and where its name, in quotes, and its value stand in the text.
struct JsonMember {
  std::string name;
  Value value;
  diagnostic::Range name_range;
  diagnostic::Range value_range;
};

struct Json {
  Value value;
  /// Those of the outermost object, in source order, two of one name included.
  std::vector<JsonMember> members;
};

/// JSON objects become objects and arrays become tuples; of two members with one name the last
/// counts, and their types must agree. An escape for half a surrogate pair gives U+FFFD. Numbers
/// keep their precision and have the range of all numbers. Nesting is limited to 1,000 levels. A
/// byte order mark is skipped. `text` has at most 4 GiB - 1 bytes.
[[nodiscard]] tl::expected<Json, JsonError> read_json(std::string_view text);

/// Its value alone.
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
