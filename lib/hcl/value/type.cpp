#include "hcl/value/type.h"

#include <functional>
#include <string_view>
#include <utility>

namespace hcl {

struct Type::Node {
  TypeKind kind = TypeKind::any;
  bool is_wholly_known = false;
  bool has_optional = false;
  /// Equal for equal types; tells most others apart at once.
  std::size_t hash = 0;
  /// The element type of a collection is the only one.
  std::vector<Type> elements = {};
  Attributes attributes = {};
};

namespace {

std::size_t combined(std::size_t hash, std::size_t other) {
  return hash * 0x9E3779B97F4A7C15U + other + 1;
}

}  // namespace

Type::Type() : Type(primitive(TypeKind::any)) {}

Type::Type(std::shared_ptr<const Node> node) : node_(std::move(node)) {}

Type Type::primitive(TypeKind kind) {
  static const auto nodes = [] {
    std::vector<std::shared_ptr<const Node>> made;
    for (const auto each : {TypeKind::any, TypeKind::boolean, TypeKind::number, TypeKind::string}) {
      made.push_back(std::make_shared<const Node>(Node{.kind = each,
                                                       .is_wholly_known = each != TypeKind::any,
                                                       .hash = static_cast<std::size_t>(each)}));
    }
    return made;
  }();
  return Type(nodes[static_cast<std::size_t>(kind)]);
}

Type Type::collection(TypeKind kind, Type element) {
  const Node& inner = *element.node_;
  Node node{.kind = kind,
            .is_wholly_known = inner.is_wholly_known,
            .has_optional = inner.has_optional,
            .hash = combined(static_cast<std::size_t>(kind), inner.hash)};
  node.elements.push_back(std::move(element));
  return Type(std::make_shared<const Node>(std::move(node)));
}

Type Type::boolean() {
  return primitive(TypeKind::boolean);
}

Type Type::number() {
  return primitive(TypeKind::number);
}

Type Type::string() {
  return primitive(TypeKind::string);
}

Type Type::list(Type element) {
  return collection(TypeKind::list, std::move(element));
}

Type Type::set(Type element) {
  return collection(TypeKind::set, std::move(element));
}

Type Type::map(Type element) {
  return collection(TypeKind::map, std::move(element));
}

Type Type::tuple(std::vector<Type> elements) {
  Node node{.kind = TypeKind::tuple,
            .is_wholly_known = true,
            .hash = static_cast<std::size_t>(TypeKind::tuple)};
  for (const Type& element : elements) {
    node.hash = combined(node.hash, element.node_->hash);
    node.is_wholly_known = node.is_wholly_known && element.node_->is_wholly_known;
    node.has_optional = node.has_optional || element.node_->has_optional;
  }
  node.elements = std::move(elements);
  return Type(std::make_shared<const Node>(std::move(node)));
}

Type Type::object(Attributes attributes) {
  Node node{.kind = TypeKind::object,
            .is_wholly_known = true,
            .hash = static_cast<std::size_t>(TypeKind::object)};
  for (const auto& [name, attribute] : attributes) {
    const Node& inner = *attribute.type.node_;
    node.hash = combined(combined(node.hash, std::hash<std::string>()(name)), inner.hash);
    node.is_wholly_known = node.is_wholly_known && inner.is_wholly_known;
    node.has_optional = node.has_optional || attribute.is_optional || inner.has_optional;
  }
  node.attributes = std::move(attributes);
  return Type(std::make_shared<const Node>(std::move(node)));
}

TypeKind Type::kind() const {
  return node_->kind;
}

bool Type::is_primitive() const {
  return is(TypeKind::boolean) || is(TypeKind::number) || is(TypeKind::string);
}

bool Type::is_collection() const {
  return is(TypeKind::list) || is(TypeKind::set) || is(TypeKind::map);
}

bool Type::is_wholly_known() const {
  return node_->is_wholly_known;
}

std::size_t Type::hash() const {
  return node_->hash;
}

const Type& Type::element() const {
  return node_->elements.front();
}

const std::vector<Type>& Type::elements() const {
  return node_->elements;
}

const Type::Attributes& Type::attributes() const {
  return node_->attributes;
}

Type Type::without_optional() const {
  if (!node_->has_optional) {
    return *this;
  }
  if (is_collection()) {
    return collection(kind(), element().without_optional());
  }
  if (is(TypeKind::tuple)) {
    std::vector<Type> stripped;
    for (const Type& each : elements()) {
      stripped.push_back(each.without_optional());
    }
    return tuple(std::move(stripped));
  }
  Attributes stripped;
  for (const auto& [name, attribute] : attributes()) {
    stripped.emplace(name, Attribute{.type = attribute.type.without_optional()});
  }
  return object(std::move(stripped));
}

namespace {

constexpr std::string_view kind_names[] = {"any type", "bool", "number", "string", "list",
                                           "set",      "map",  "tuple",  "object"};

std::string_view kind_name(TypeKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string Type::name() const {
  const std::string name(kind_name(kind()));
  return is_collection() ? name + " of " + element().name() : name;
}

std::string Type::constraint() const {
  if (is(TypeKind::any)) {
    return "any";
  }
  std::string text(kind_name(kind()));
  if (is_collection()) {
    return text + "(" + element().constraint() + ")";
  }
  std::string_view separator;
  if (is(TypeKind::tuple)) {
    text += "([";
    for (const Type& each : elements()) {
      text.append(separator).append(each.constraint());
      separator = ", ";
    }
    return text + "])";
  }
  if (is(TypeKind::object)) {
    text += "({";
    for (const auto& [name, attribute] : attributes()) {
      const std::string inner = attribute.type.constraint();
      text.append(separator).append(name).append("=");
      text += attribute.is_optional ? "optional(" + inner + ")" : inner;
      separator = ", ";
    }
    return text + "})";
  }
  return text;
}

bool operator==(const Type& a, const Type& b) {
  return a.node_ == b.node_ ||
         (a.node_->hash == b.node_->hash && a.node_->kind == b.node_->kind &&
          a.node_->elements == b.node_->elements && a.node_->attributes == b.node_->attributes);
}

}  // namespace hcl
