// The types of HCL's values ("Types" of the syntax-agnostic information model): primitive types,
// the collection types, whose elements all have one type, and the structural types, whose parts
// each have their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hcl {

enum class TypeKind : std::uint8_t { any, boolean, number, string, list, set, map, tuple, object };

/// A type, immutable and cheap to copy. `any` stands for a type that is not known, or does not
/// matter: it is the type of a bare `null`, and in a constraint it takes whatever comes.
class Type {
 public:
  struct Attribute;
  /// In order of name, as values keep their members.
  using Attributes = std::map<std::string, Attribute, std::less<>>;

  /// `any`.
  Type();

  [[nodiscard]] static Type any() { return {}; }
  [[nodiscard]] static Type boolean();
  [[nodiscard]] static Type number();
  [[nodiscard]] static Type string();
  [[nodiscard]] static Type list(Type element);
  [[nodiscard]] static Type set(Type element);
  [[nodiscard]] static Type map(Type element);
  [[nodiscard]] static Type tuple(std::vector<Type> elements);
  [[nodiscard]] static Type object(Attributes attributes);

  [[nodiscard]] TypeKind kind() const;
  [[nodiscard]] bool is(TypeKind kind) const { return this->kind() == kind; }
  /// A bool, a number or a string.
  [[nodiscard]] bool is_primitive() const;
  /// A list, a set or a map.
  [[nodiscard]] bool is_collection() const;
  /// No part of it, however deep, is `any`.
  [[nodiscard]] bool is_wholly_known() const;

  /// Of a list, set or map.
  [[nodiscard]] const Type& element() const;
  /// Of a tuple.
  [[nodiscard]] const std::vector<Type>& elements() const;
  /// Of an object.
  [[nodiscard]] const Attributes& attributes() const;

  /// The type without marks of optional attributes: what a value can have.
  [[nodiscard]] Type without_optional() const;

  /// As messages name it, without an article: "list of string", "object", "any type".
  [[nodiscard]] std::string name() const;
  /// As a type constraint is written: "list(string)", "object({a=number})".
  [[nodiscard]] std::string constraint() const;

  friend bool operator==(const Type& a, const Type& b);
  /// Equal types have equal hashes. Costs nothing.
  [[nodiscard]] std::size_t hash() const;

 private:
  struct Node;

  explicit Type(std::shared_ptr<const Node> node);
  static Type primitive(TypeKind kind);
  static Type collection(TypeKind kind, Type element);

  std::shared_ptr<const Node> node_;
};

struct Type::Attribute {
  Type type;
  /// In a constraint only: it may be missing, and is null then.
  bool is_optional = false;

  friend bool operator==(const Attribute&, const Attribute&) = default;
};

}  // namespace hcl
