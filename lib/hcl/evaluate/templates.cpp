// Templates: "Template Expressions" and "Template Unwrapping" of the specification.
#include <optional>
#include <string>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

/// The text of one part; nothing, after a diagnostic, if it has none.
struct PartText {
  Context& context;
  Range range;

  std::optional<Value> operator()(const TemplateText& part) const {
    return Value::string(part.text);
  }

  std::optional<Value> operator()(const TemplateInterpolation& part) const {
    const Value value = evaluate_node(context, *part.value);
    if (value.is_unknown()) {
      return std::nullopt;
    }
    if (value.is_null()) {
      context.report(Kind::invalid_interpolation, part.value->range,
                     context.describe(part.value->range, value),
                     "a template has no text for null; choose one, as in x == null ? \"\" : x");
      return std::nullopt;
    }
    std::optional<Value> text = to_string(value);
    if (!text) {
      context.report(Kind::invalid_interpolation, part.value->range,
                     context.describe(part.value->range, value),
                     "a template joins strings, numbers and bools; take one part of this value");
    }
    return text;
  }

  std::optional<Value> operator()(const TemplateIf& part) const {
    context.report_unsupported(Range{range.begin, part.condition->range.end},
                               "%{if} directives are",
                               "write a conditional, as in ${condition ? \"a\" : \"b\"}");
    return std::nullopt;
  }

  std::optional<Value> operator()(const TemplateFor& part) const {
    context.report_unsupported(Range{range.begin, part.collection->range.end},
                               "%{for} directives are", "write the text out");
    return std::nullopt;
  }
};

const TemplateInterpolation* sole_interpolation(const Template& node) {
  const bool unwraps = !node.is_heredoc && node.parts.size() == 1;
  return unwraps ? std::get_if<TemplateInterpolation>(&node.parts[0].part) : nullptr;
}

}  // namespace

Value evaluate_template(Context& context, const Template& node, Range range) {
  if (const TemplateInterpolation* sole = sole_interpolation(node)) {
    return evaluate_node(context, *sole->value);
  }
  std::string text;
  bool is_known = true;
  for (const TemplatePart& part : node.parts) {
    const std::optional<Value> value = std::visit(PartText{context, part.range}, part.part);
    is_known = is_known && value.has_value();
    if (!is_known) {
      continue;
    }
    text += *value->as_string();
    if (text.size() >= max_size) {
      return context.report_too_large(range);
    }
  }
  return is_known ? Value::string(text) : Value::unknown();
}

}  // namespace hcl::evaluation
