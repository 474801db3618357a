#include "manifest/sensitive_url.h"

#include <optional>
#include <string>
#include <variant>

#include "hcl/value/convert.h"
#include "text/url.h"

namespace manifest {
namespace {

/// No url holds it.
constexpr char placeholder = '\x01';

/// The url with a placeholder for each part that is made of sensitive values.
std::optional<std::string> with_placeholders(const hcl::Template& node,
                                             const EvaluateExpression& evaluate) {
  std::string url;
  for (const hcl::TemplatePart& part : node.parts) {
    // A part is evaluated as a template of its own.
    const hcl::Expression alone = {
        .range = part.range,
        .node = hcl::Template{.parts = {&part, 1}, .is_heredoc = node.is_heredoc}};
    const hcl::Value value = evaluate(alone);
    if (value.holds_sensitive()) {
      url += placeholder;
      continue;
    }
    const std::optional<hcl::Value> text = hcl::to_string(value);
    if (!text || text->as_string() == nullptr) {
      return std::nullopt;
    }
    url += *text->as_string();
  }
  return url;
}

}  // namespace

bool is_only_password_sensitive(std::string_view url, const hcl::Expression& expression,
                                const EvaluateExpression& evaluate) {
  const auto* node = std::get_if<hcl::Template>(&expression.node);
  if (node == nullptr) {
    return false;
  }
  const std::optional<std::string> marked = with_placeholders(*node, evaluate);
  if (!marked) {
    return false;
  }
  // What is shown of both must be the same: a password may also hold what ends it.
  const std::string shown = text::mask_url(*marked);
  return shown.find(placeholder) == std::string::npos && shown == text::mask_url(url);
}

}  // namespace manifest
