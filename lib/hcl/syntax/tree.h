// The syntax tree of HCL native syntax, in the words of the specification (hclsyntax/spec.md).
//
// Every node lives in the arena of its File and points to other nodes there, or into the source
// text. Sequences are flat (the steps of a traversal, the parts of a template), so that a tree is
// only as deep as its source is nested; a chain of left-associative operators is the one exception,
// and leans to the left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "diagnostic/diagnostic.h"
#include "diagnostic/source_file.h"
#include "hcl/syntax/arena.h"

namespace hcl {

using diagnostic::Range;

struct Expression;
struct TemplatePart;

/// A pointer to a node that is large and rare, or else every node would take as much room in its
/// variant; it reads as the node itself.
template <typename Node>
class Indirect {
 public:
  explicit Indirect(const Node* node) : node_(node) {}
  // NOLINTNEXTLINE(google-explicit-constructor): visitors are written for the node.
  operator const Node&() const { return *node_; }
  [[nodiscard]] const Node* get() const { return node_; }

 private:
  const Node* node_;
};

/// An identifier and its place.
struct Name {
  std::string_view text;
  Range range;
};

// Literals. The text of a number is as written; it has the form of the specification.
struct NullLiteral {};
struct BoolLiteral {
  bool value = false;
};
struct NumberLiteral {
  std::string_view text;
};

// Templates. Escapes are decoded, strip markers applied and the indentation of flush heredocs
// removed by the parser: the text of a part is final, but not yet normalised to NFC.

struct TemplateText {
  std::string_view text;
};
struct TemplateInterpolation {
  const Expression* value = nullptr;
};
struct TemplateIf {
  const Expression* condition = nullptr;
  std::span<const TemplatePart> when_true;
  std::span<const TemplatePart> when_false;
};
struct TemplateFor {
  std::optional<Name> key;
  Name value;
  const Expression* collection = nullptr;
  std::span<const TemplatePart> body;
};
struct TemplatePart {
  /// From `${` or `%{` to the closing brace; for a directive with an end, to the end's brace.
  Range range;
  std::variant<TemplateText, TemplateInterpolation, Indirect<TemplateIf>, Indirect<TemplateFor>>
      part;
};

/// A quoted string or a heredoc. A quoted template whose only part is an interpolation is that
/// value itself ("Template Unwrapping").
struct Template {
  std::span<const TemplatePart> parts;
  bool is_heredoc = false;
};

// Traversals, indexes and splats.

struct AttributeStep {
  Name name;
};
/// `[key]`.
struct IndexStep {
  const Expression* key = nullptr;
};
/// `.0`, the legacy form; the digits as written.
struct LegacyIndexStep {
  std::string_view digits;
};
/// `.*` or `[*]` among the steps of a splat, and only there: what the steps before it gave for one
/// element is itself taken apart, and the next `taken` steps apply to each part of it.
struct SplatStep {
  bool is_full = false;
  std::size_t taken = 0;
};
struct Step {
  /// From the dot or the opening bracket to the end of the step.
  Range range;
  std::variant<AttributeStep, IndexStep, LegacyIndexStep, SplatStep> step;
};

/// A variable and the steps from it: `a`, `a.b[0]`.
struct Traversal {
  Name root;
  std::span<const Step> steps;
};
/// Steps from any other term: `f(x).a`, `(a)[0]`.
struct RelativeTraversal {
  const Expression* source = nullptr;
  std::span<const Step> steps;
};
/// `source.*` (attribute-only) or `source[*]` (full), and the steps taken for each element. A full
/// one takes all the steps that follow it, an attribute-only one no index in brackets.
struct Splat {
  const Expression* source = nullptr;
  bool is_full = false;
  Range marker;
  std::span<const Step> each;
};

// Collections and calls.

struct Tuple {
  std::span<const Expression* const> elements;
};
/// The key is a Traversal of one name alone where it was written as a bare identifier: then it is
/// literal (whatever that name is, keywords included), not a variable. Parentheses are kept as a
/// node, so `(a) = 1` can be told apart.
struct ObjectItem {
  const Expression* key = nullptr;
  const Expression* value = nullptr;
};
struct Object {
  std::span<const ObjectItem> items;
};
struct ForExpression {
  std::optional<Name> key;
  Name value;
  const Expression* collection = nullptr;
  /// Null in the tuple form, `[for … : value]`.
  const Expression* key_result = nullptr;
  const Expression* value_result = nullptr;
  /// Null where there is no `if`.
  const Expression* condition = nullptr;
  bool is_grouping = false;
};
struct FunctionCall {
  Name name;
  std::span<const Expression* const> arguments;
  /// The last argument is followed by `...`.
  bool expands_last = false;
};

// Operations.

enum class UnaryOperator : std::uint8_t { negate, logical_not };
enum class BinaryOperator : std::uint8_t {
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
};

struct UnaryOperation {
  UnaryOperator op = UnaryOperator::negate;
  const Expression* operand = nullptr;
};
struct BinaryOperation {
  BinaryOperator op = BinaryOperator::add;
  Range op_range;
  const Expression* left = nullptr;
  const Expression* right = nullptr;
};
struct Conditional {
  const Expression* condition = nullptr;
  const Expression* when_true = nullptr;
  const Expression* when_false = nullptr;
};
struct Parentheses {
  const Expression* inner = nullptr;
};

/// Stands where the source holds no expression that can be read; a diagnostic has been given, so
/// whoever meets it says nothing more.
struct InvalidExpression {};

struct Expression {
  Range range;
  std::variant<InvalidExpression, NullLiteral, BoolLiteral, NumberLiteral, Template, Traversal,
               RelativeTraversal, Indirect<Splat>, Tuple, Object, Indirect<ForExpression>,
               Indirect<FunctionCall>, UnaryOperation, BinaryOperation, Conditional, Parentheses>
      node;
};

/// The node of an expression, where it is an indirect one of that type, or null.
template <typename Node>
[[nodiscard]] const Node* get_if(const Expression& expression) {
  const auto* node = std::get_if<Indirect<Node>>(&expression.node);
  return node != nullptr ? node->get() : nullptr;
}

// Structure.

struct Attribute {
  Name name;
  Range equals;
  const Expression* value = nullptr;
  Range range;
};

/// The text of a string that is one piece of text; nothing for any other expression, nor for "".
[[nodiscard]] std::optional<std::string_view> constant_text(const Expression& expression);

/// A block's label: an identifier, or a quoted string without interpolations, decoded.
struct Label {
  std::string_view text;
  Range range;
};

struct Block;

/// Attributes and blocks, each in source order. Two attributes of one name are reported by the
/// parser, and the first one is kept.
struct Body {
  std::span<const Attribute> attributes;
  std::span<const Block> blocks;
  /// For a block, from behind its opening brace to its closing one.
  Range range;

  /// The attribute of that name, or null.
  [[nodiscard]] const Attribute* find(std::string_view name) const;
  /// The first block of that type, or null.
  [[nodiscard]] const Block* find_block(std::string_view type) const;
};

struct Block {
  Name type;
  std::span<const Label> labels;
  Range open_brace;
  Range close_brace;
  Body body;
  /// The type and the labels: what to mark when the block as a whole is meant.
  Range header;
};

/// A parsed file. The tree is complete as far as the source could be understood; after errors, what
/// could not be understood is left out or an InvalidExpression.
struct File {
  const diagnostic::SourceFile* source = nullptr;
  std::unique_ptr<Arena> arena;
  Body body;
};

}  // namespace hcl
