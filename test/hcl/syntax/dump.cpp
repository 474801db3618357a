#include "hcl/syntax/dump.h"

#include <array>

#include "text/quote.h"

namespace hcl {
namespace {

constexpr std::array operators = {"||", "&&", "==", "!=", "<", "<=", ">",
                                  ">=", "+",  "-",  "*",  "/", "%"};

std::string dump(std::span<const TemplatePart> parts);
std::string dump(std::span<const Step> steps);

std::string loop(const std::optional<Name>& key, const Name& value) {
  return (key ? std::string(key->text) + "," : "") + std::string(value.text);
}

struct PartDumper {
  std::string operator()(const TemplateText& text) const { return text::quoted(text.text); }
  std::string operator()(const TemplateInterpolation& interpolation) const {
    return "${" + dump(*interpolation.value) + "}";
  }
  std::string operator()(const TemplateIf& part) const {
    return "%{if " + dump(*part.condition) + " then " + dump(part.when_true) + " else " +
           dump(part.when_false) + "}";
  }
  std::string operator()(const TemplateFor& part) const {
    return "%{for " + loop(part.key, part.value) + " in " + dump(*part.collection) + " do " +
           dump(part.body) + "}";
  }
};

std::string dump(std::span<const TemplatePart> parts) {
  std::string result;
  for (const TemplatePart& part : parts) {
    result += std::visit(PartDumper{}, part.part);
  }
  return result;
}

struct StepDumper {
  std::string operator()(const AttributeStep& step) const {
    return "." + std::string(step.name.text);
  }
  std::string operator()(const IndexStep& step) const { return "[" + dump(*step.key) + "]"; }
  std::string operator()(const LegacyIndexStep& step) const {
    return "." + std::string(step.digits);
  }
  std::string operator()(const SplatStep& step) const {
    return (step.is_full ? "[*" : ".*") + std::to_string(step.taken) + (step.is_full ? "]" : "");
  }
};

std::string dump(std::span<const Step> steps) {
  std::string result;
  for (const Step& step : steps) {
    result += std::visit(StepDumper{}, step.step);
  }
  return result;
}

struct NodeDumper {
  std::string operator()(const InvalidExpression&) const { return "INVALID"; }
  std::string operator()(const NullLiteral&) const { return "NULL"; }
  std::string operator()(const BoolLiteral& node) const { return node.value ? "TRUE" : "FALSE"; }
  std::string operator()(const NumberLiteral& node) const { return std::string(node.text); }
  std::string operator()(const Template& node) const {
    const std::string parts = node.parts.empty() ? "\"\"" : dump(node.parts);
    return node.is_heredoc ? "<<" + parts : parts;
  }
  std::string operator()(const Traversal& node) const {
    return std::string(node.root.text) + dump(node.steps);
  }
  std::string operator()(const RelativeTraversal& node) const {
    return "<" + dump(*node.source) + ">" + dump(node.steps);
  }
  std::string operator()(const Splat& node) const {
    return "<" + dump(*node.source) + ">" + (node.is_full ? "[*]" : ".*") + "{" + dump(node.each) +
           "}";
  }
  std::string operator()(const Tuple& node) const {
    std::string result = "[";
    for (const Expression* element : node.elements) {
      result += (result.size() > 1 ? "," : "") + dump(*element);
    }
    return result + "]";
  }
  std::string operator()(const Object& node) const {
    std::string result = "{";
    for (const ObjectItem& item : node.items) {
      result += (result.size() > 1 ? "," : "") + dump(*item.key) + "=" + dump(*item.value);
    }
    return result + "}";
  }
  std::string operator()(const ForExpression& node) const {
    std::string result =
        "(for " + loop(node.key, node.value) + " in " + dump(*node.collection) + ": ";
    if (node.key_result != nullptr) {
      result += dump(*node.key_result) + "=>";
    }
    result += dump(*node.value_result) + (node.is_grouping ? "..." : "");
    if (node.condition != nullptr) {
      result += " if " + dump(*node.condition);
    }
    return result + ")";
  }
  std::string operator()(const FunctionCall& node) const {
    std::string arguments;
    for (const Expression* argument : node.arguments) {
      arguments += (arguments.empty() ? "" : ",") + dump(*argument);
    }
    return std::string(node.name.text) + "(" + arguments + (node.expands_last ? "..." : "") + ")";
  }
  std::string operator()(const UnaryOperation& node) const {
    return (node.op == UnaryOperator::negate ? "(- " : "(! ") + dump(*node.operand) + ")";
  }
  std::string operator()(const BinaryOperation& node) const {
    return std::string("(") + operators.at(static_cast<std::size_t>(node.op)) + " " +
           dump(*node.left) + " " + dump(*node.right) + ")";
  }
  std::string operator()(const Conditional& node) const {
    return "(? " + dump(*node.condition) + " " + dump(*node.when_true) + " " +
           dump(*node.when_false) + ")";
  }
  std::string operator()(const Parentheses& node) const { return "(" + dump(*node.inner) + ")"; }
};

}  // namespace

std::string dump(const Expression& expression) {
  return std::visit(NodeDumper{}, expression.node);
}

std::string dump(const Body& body) {
  std::string result;
  const auto separate = [&result] { result += result.empty() ? "" : "; "; };
  for (const Attribute& attribute : body.attributes) {
    separate();
    result += std::string(attribute.name.text) + "=" + dump(*attribute.value);
  }
  for (const Block& block : body.blocks) {
    separate();
    result += std::string(block.type.text) + " ";
    for (const Label& label : block.labels) {
      result += text::quoted(label.text) + " ";
    }
    result += "{" + dump(block.body) + "}";
  }
  return result;
}

}  // namespace hcl
