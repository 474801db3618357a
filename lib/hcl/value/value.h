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

#include "hcl/value/limits.h"
#include "hcl/value/number.h"
#include "hcl/value/type.h"

namespace hcl {

class Value;

using Elements = std::vector<Value>;
/// Ordered by the bytes of the key, the order in which HCL iterates. Keys are in Normalization
/// Form C.
using Members = std::map<std::string, Value, std::less<>>;

/// A value of the information model: a bool, a number, a string (always valid UTF-8 in
/// Normalization Form C), a list, set, map, tuple or object; or null of some type; or unknown, the
/// value of what could not be evaluated. Copies share their contents.
///
/// A value can be sensitive: then nothing that is shown to people may reveal it. Whoever
/// derives a value from a sensitive one marks it too (see `marked_like`).
class Value {
 public:
  /// Null of any type, as the literal `null` is.
  Value() : Value(null(Type::any())) {}

  [[nodiscard]] static Value null(Type type);
  [[nodiscard]] static Value unknown(Type type = Type::any());
  [[nodiscard]] static Value boolean(bool value);
  [[nodiscard]] static Value number(Number value);
  /// Normalises `text`, which must be valid UTF-8.
  [[nodiscard]] static Value string(std::string_view text);
  /// Every element has the type `element`.
  [[nodiscard]] static Value list(Type element, Elements elements);
  /// The same, and puts the elements in order and drops duplicates. A set with a sensitive element
  /// is sensitive as a whole: what it holds depends on that element.
  [[nodiscard]] static Value set(Type element, Elements elements);
  /// Every member has the type `element`.
  [[nodiscard]] static Value map(Type element, Members members);
  [[nodiscard]] static Value tuple(Elements elements);
  [[nodiscard]] static Value object(Members members);

  /// Costs little after the first call for the same contents.
  [[nodiscard]] Type type() const;
  [[nodiscard]] TypeKind kind() const;

  [[nodiscard]] bool is_null() const { return std::holds_alternative<Null>(data_); }
  [[nodiscard]] bool is_unknown() const { return std::holds_alternative<Unknown>(data_); }

  /// No part of it, however deep, is unknown. Costs nothing.
  [[nodiscard]] bool is_wholly_known() const;

  // Each is null where the value is of another kind, null or unknown.
  [[nodiscard]] const bool* as_bool() const;
  [[nodiscard]] const Number* as_number() const;
  [[nodiscard]] const std::string* as_string() const;
  /// Of a list, a set (in its order) or a tuple.
  [[nodiscard]] const Elements* as_elements() const;
  /// Of a map or an object.
  [[nodiscard]] const Members* as_members() const;

  [[nodiscard]] bool is_sensitive() const { return is_sensitive_; }
  /// It is sensitive itself, or a part of it is, however deep. Costs nothing.
  [[nodiscard]] bool holds_sensitive() const;
  [[nodiscard]] Value marked_sensitive(bool is_sensitive = true) const;
  /// Sensitive if it was, or if `origin` is or holds anything sensitive.
  [[nodiscard]] Value marked_like(const Value& origin) const;
  /// Sensitive if it was, or if `whole` is: for a part taken out of `whole`.
  [[nodiscard]] Value marked_as_part_of(const Value& whole) const;

  /// The value as messages name it, without an article: "string", "list of number", "null",
  /// "unknown value".
  [[nodiscard]] std::string type_name() const;
  /// The same with an article: "a string", "null".
  [[nodiscard]] std::string described_type() const;

  /// How many levels of collections it has: 0 for all others. What visits a value recurses as deep
  /// as this, so whoever builds values keeps an eye on it. Costs nothing.
  [[nodiscard]] std::uint32_t depth() const;

  /// How much a visitor meets: bytes of text, and `part_size` for each value, what is shared
  /// counted each time. It can grow exponentially with the number of steps that built the value.
  /// Costs nothing.
  [[nodiscard]] std::uint64_t size() const;

  /// Nulls of any types are equal; other values are if types and contents are, numbers by value.
  /// An unknown value equals an unknown value of the same type. Marks do not matter.
  friend bool operator==(const Value& a, const Value& b);

 private:
  struct Null {
    Type type;
  };
  struct Unknown {
    Type type;
  };

  /// Worked out when a collection is made, from what its parts know already.
  struct Extent {
    bool is_wholly_known = true;
    bool holds_sensitive = false;
    std::uint32_t depth = 0;
    std::uint64_t size = part_size;

    void add(const Value& part);
  };
  struct Sequence;
  struct Mapping;
  using Data = std::variant<Null, Unknown, bool, Number, std::shared_ptr<const std::string>,
                            std::shared_ptr<const Sequence>, std::shared_ptr<const Mapping>>;

  template <typename Alternative>
  explicit Value(std::in_place_t /*tag*/, Alternative value) : data_(std::move(value)) {}

  static Value sequence(TypeKind kind, Type type, Elements elements);
  static Value mapping(TypeKind kind, Type type, Members members);
  [[nodiscard]] Extent extent() const;

  Data data_;
  bool is_sensitive_ = false;
};

/// The value as compact HCL, for messages and dumps: `"a"`, `[1, 2]`, `{ a = 1 }`. Cut with "…"
/// after about `limit` bytes, and never much more work than that, however large the value. Control
/// characters are made visible; what is unknown is `(unknown)`, what is sensitive `(sensitive)`.
[[nodiscard]] std::string to_hcl(const Value& value, std::size_t limit = 200);

}  // namespace hcl
