// Templates: "Template Expressions", "Template Directives" and "Template Unwrapping" of the
// specification.
#include <optional>
#include <string>

#include "hcl/evaluate/loops.h"
#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"

namespace hcl::evaluation {
namespace {

/// Text is copied as fast as this while a node is evaluated.
constexpr std::uint64_t bytes_a_step = 1024;

/// Joins the text of the parts of one template, directives included.
class Writer {
 public:
  explicit Writer(Range range) : range_(range) {}

  void write(Context& context, std::span<const TemplatePart> parts) {
    for (const TemplatePart& part : parts) {
      std::visit([&](const auto& node) { write(context, node); }, part.part);
    }
  }

  [[nodiscard]] Value take() const {
    const Value value =
        is_known_ && !is_full_ ? Value::string(text_) : Value::unknown(Type::string());
    return value.marked_sensitive(is_sensitive_);
  }

 private:
  void write(Context& context, const TemplateText& part) { add(context, part.text); }

  void write(Context& context, const TemplateInterpolation& part) {
    const Value value = evaluate_node(context, *part.value);
    is_sensitive_ = is_sensitive_ || value.holds_sensitive();
    const std::optional<Value> text = value.is_null() ? std::nullopt : to_string(value);
    if (text && !text->is_unknown()) {
      add(context, *text->as_string());
      return;
    }
    is_known_ = false;
    if (!value.is_unknown()) {
      context.report(Kind::invalid_interpolation, part.value->range,
                     context.describe(part.value->range, value),
                     value.is_null()
                         ? "a template has no text for null; choose one, as in x == null ? \"\" : x"
                         : "a template joins strings, numbers and bools; take one part of this "
                           "value");
    }
  }

  void write(Context& context, const TemplateIf& part) {
    const std::optional<Value> condition = evaluate_condition(context, *part.condition);
    if (!condition) {
      is_known_ = false;
      return;
    }
    is_sensitive_ = is_sensitive_ || condition->is_sensitive();
    write(context, *condition->as_bool() ? part.when_true : part.when_false);
  }

  void write(Context& context, const TemplateFor& part) {
    const std::optional<Value> collection = evaluate_collection(context, *part.collection);
    if (!collection) {
      is_known_ = false;
      return;
    }
    is_sensitive_ = is_sensitive_ || collection->is_sensitive();
    for_each(context, {part.key, part.value, *part.collection}, *collection, [&](Context& inner) {
      write(inner, part.body);
      return !is_full_;
    });
  }

  void add(Context& context, std::string_view text) {
    if (is_full_ || !is_known_) {
      return;
    }
    context.budget().spend(text.size() / bytes_a_step);
    context.budget().make(text.size());
    text_ += text;
    if (text_.size() + part_size > max_value_size) {
      is_full_ = true;
      context.report_too_large(range_);
    }
  }

  Range range_;
  std::string text_;
  bool is_known_ = true;
  bool is_sensitive_ = false;
  bool is_full_ = false;
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
  Writer writer(range);
  writer.write(context, node.parts);
  return writer.take();
}

}  // namespace hcl::evaluation
