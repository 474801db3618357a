// Finds the variables that an expression refers to, without evaluating it.
#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "hcl/evaluate/evaluate.h"

namespace hcl {
namespace {

/// Visits a tree in source order; recursion is as deep as the source is nested.
class Finder {
 public:
  void find(const Expression& expression) { std::visit(*this, expression.node); }

  [[nodiscard]] std::vector<const Traversal*> take() { return std::move(found_); }

  void operator()(const InvalidExpression& /*node*/) {}
  void operator()(const NullLiteral& /*node*/) {}
  void operator()(const BoolLiteral& /*node*/) {}
  void operator()(const NumberLiteral& /*node*/) {}
  void operator()(const Template& node) { find_in(node.parts); }

  void operator()(const Traversal& node) {
    if (std::find(bound_.begin(), bound_.end(), node.root.text) == bound_.end()) {
      found_.push_back(&node);
    }
    find_in(node.steps);
  }
  void operator()(const RelativeTraversal& node) {
    find(*node.source);
    find_in(node.steps);
  }
  void operator()(const Splat& node) {
    find(*node.source);
    find_in(node.each);
  }

  void operator()(const Tuple& node) { find_in(node.elements); }
  void operator()(const Object& node) {
    for (const ObjectItem& item : node.items) {
      // A key that is a traversal is a literal name or an error, never a variable.
      if (!std::holds_alternative<Traversal>(item.key->node)) {
        find(*item.key);
      }
      find(*item.value);
    }
  }
  void operator()(const ForExpression& node) {
    find(*node.collection);
    const std::size_t outer = bind(node.key, node.value);
    for (const Expression* inner : {node.key_result, node.value_result, node.condition}) {
      if (inner != nullptr) {
        find(*inner);
      }
    }
    bound_.resize(outer);
  }
  void operator()(const FunctionCall& node) { find_in(node.arguments); }

  void operator()(const UnaryOperation& node) { find(*node.operand); }
  /// A chain that leans to the left takes no stack.
  void operator()(const BinaryOperation& node) {
    const std::size_t outer = rights_.size();
    rights_.push_back(node.right);
    const Expression* leftmost = node.left;
    while (const auto* inner = std::get_if<BinaryOperation>(&leftmost->node)) {
      rights_.push_back(inner->right);
      leftmost = inner->left;
    }
    find(*leftmost);
    while (rights_.size() > outer) {
      const Expression* right = rights_.back();
      rights_.pop_back();
      find(*right);
    }
  }
  void operator()(const Conditional& node) {
    find(*node.condition);
    find(*node.when_true);
    find(*node.when_false);
  }
  void operator()(const Parentheses& node) { find(*node.inner); }

  void operator()(const TemplateText& /*part*/) {}
  void operator()(const TemplateInterpolation& part) { find(*part.value); }
  void operator()(const TemplateIf& part) {
    find(*part.condition);
    find_in(part.when_true);
    find_in(part.when_false);
  }
  void operator()(const TemplateFor& part) {
    find(*part.collection);
    const std::size_t outer = bind(part.key, part.value);
    find_in(part.body);
    bound_.resize(outer);
  }

 private:
  void find_in(std::span<const Expression* const> expressions) {
    for (const Expression* expression : expressions) {
      find(*expression);
    }
  }
  void find_in(std::span<const TemplatePart> parts) {
    for (const TemplatePart& part : parts) {
      std::visit(*this, part.part);
    }
  }
  void find_in(std::span<const Step> steps) {
    for (const Step& step : steps) {
      if (const auto* index = std::get_if<IndexStep>(&step.step)) {
        find(*index->key);
      }
    }
  }

  /// Returns how many names were bound before.
  std::size_t bind(const std::optional<Name>& key, const Name& value) {
    const std::size_t outer = bound_.size();
    if (key) {
      bound_.push_back(key->text);
    }
    bound_.push_back(value.text);
    return outer;
  }

  std::vector<std::string_view> bound_;
  /// The right sides that are yet to be visited, of one chain on top of those around it.
  std::vector<const Expression*> rights_;
  std::vector<const Traversal*> found_;
};

}  // namespace

std::vector<const Traversal*> references(const Expression& expression) {
  Finder finder;
  finder.find(expression);
  return finder.take();
}

}  // namespace hcl
