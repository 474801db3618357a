// HCL's values: immutable, cheap to copy, each knowing its type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "hcl/value/number.h"

namespace hcl {

class Value;

using Elements = std::vector<Value>;
/// Ordered by the bytes of the key, the order in which HCL iterates. Keys are in Normalization
/// Form C.
using Members = std::map<std::string, Value, std::less<>>;

/// A value of the information model: null, a bool, a number, a string (always valid UTF-8 in
/// Normalization Form C), a tuple or an object; or unknown, the value of what could not be
/// evaluated. Copies share their contents.
class Value {
 public:
  /// Null.
  Value() = default;

  [[nodiscard]] static Value unknown();
  [[nodiscard]] static Value boolean(bool value);
  [[nodiscard]] static Value number(Number value);
  /// Normalises `text`, which must be valid UTF-8.
  [[nodiscard]] static Value string(std::string_view text);
  [[nodiscard]] static Value tuple(Elements elements);
  [[nodiscard]] static Value object(Members members);

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }

  [[nodiscard]] bool is_unknown() const { return std::holds_alternative<Unknown>(data_); }

  /// No part of it, however deep, is unknown. Costs nothing.
  [[nodiscard]] bool is_wholly_known() const;

  // Each is null where the value is of another type.
  [[nodiscard]] const bool* as_bool() const;
  [[nodiscard]] const Number* as_number() const;
  [[nodiscard]] const std::string* as_string() const;
  [[nodiscard]] const Elements* as_tuple() const;
  [[nodiscard]] const Members* as_object() const;

  /// The type as messages name it, without an article: "string", "tuple", "object", "null",
  /// "unknown value".
  [[nodiscard]] std::string_view type_name() const;

  /// How many levels of tuples and objects it has: 0 for all others. What visits a value recurses
  /// as deep as this, so whoever builds values keeps an eye on it. Costs nothing.
  [[nodiscard]] std::uint32_t depth() const;

  /// How much a visitor meets: values and bytes of text, what is shared counted each time. It can
  /// grow exponentially with the number of steps that built the value. Costs nothing.
  [[nodiscard]] std::uint64_t size() const;

  /// Same type and same contents; numbers by value. An unknown value equals an unknown value.
  friend bool operator==(const Value& a, const Value& b);

 private:
  struct Unknown {};

  /// Worked out when a collection is made, from what its parts know already.
  struct Extent {
    bool is_wholly_known = true;
    std::uint32_t depth = 0;
    std::uint64_t size = 1;

    void add(const Value& part);
  };
  struct Tuple {
    Elements elements;
    Extent extent;
  };
  struct Object {
    Members members;
    Extent extent;
  };
  using Data =
      std::variant<std::monostate, Unknown, bool, Number, std::shared_ptr<const std::string>,
                   std::shared_ptr<const Tuple>, std::shared_ptr<const Object>>;

  template <typename Alternative>
  explicit Value(std::in_place_t /*tag*/, Alternative value) : data_(std::move(value)) {}
  [[nodiscard]] Extent extent() const;

  Data data_;
};

/// The value as compact HCL, for messages and dumps: `"a"`, `[1, 2]`, `{ a = 1 }`. Cut with "…"
/// after about `limit` bytes, and never much more work than that, however large the value. Control
/// characters are made visible; an unknown value is `(unknown)`.
[[nodiscard]] std::string to_hcl(const Value& value, std::size_t limit = 200);

}  // namespace hcl
