#include "tools/hcl_eval/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/syntax/parser.h"
#include "hcl/value/json.h"
#include "tools/json_text.h"

namespace hcl_eval {
namespace {

std::string place(const diagnostic::SourceFile& source, const diagnostic::Diagnostic& diagnostic) {
  const diagnostic::Position at = source.position(diagnostic.range.begin);
  return fmt::format(R"("line":{},"column":{},"byte":{})", at.line, at.column, at.byte);
}

void sort_by_place(diagnostic::Diagnostics& diagnostics) {
  std::ranges::stable_sort(diagnostics, {},
                           [](const diagnostic::Diagnostic& each) { return each.range.begin; });
}

class Writer {
 public:
  Writer(const diagnostic::SourceFile& source, const hcl::Scope& scope)
      : source_(&source), scope_(&scope) {}

  std::string body(const hcl::Body& body) {
    std::vector<const hcl::Attribute*> attributes;
    for (const hcl::Attribute& attribute : body.attributes) {
      attributes.push_back(&attribute);
    }
    std::ranges::sort(attributes, {}, [](const auto* each) { return each->name.text; });
    std::string text = R"({"attributes":{)";
    std::string_view separator;
    for (const hcl::Attribute* attribute : attributes) {
      text += std::exchange(separator, ",");
      text += tools::json_text(attribute->name.text) + ':' + value(*attribute);
    }
    text += R"(},"blocks":[)";
    separator = "";
    for (const hcl::Block& each : body.blocks) {
      text += std::exchange(separator, ",");
      text += block(each);
    }
    return text + "]}";
  }

  [[nodiscard]] diagnostic::Diagnostics take_diagnostics() { return std::move(diagnostics_); }

 private:
  std::string block(const hcl::Block& block) {
    std::string text = R"({"type":)" + tools::json_text(block.type.text) + R"(,"labels":[)";
    std::string_view separator;
    for (const hcl::Label& label : block.labels) {
      text += std::exchange(separator, ",");
      text += tools::json_text(label.text);
    }
    return text + R"(],"body":)" + body(block.body) + "}";
  }

  std::string value(const hcl::Attribute& attribute) {
    diagnostic::Diagnostics found;
    const hcl::Value value = hcl::evaluate(*attribute.value, *scope_, *source_, found);
    sort_by_place(found);
    const auto error =
        std::ranges::find(found, diagnostic::Severity::error, &diagnostic::Diagnostic::severity);
    std::string text = error != found.end()      ? R"({"$error":{)" + place(*source_, *error) + "}}"
                       : value.is_wholly_known() ? hcl::to_json(value)
                                                 : R"({"$unknown":true})";
    std::ranges::move(found, std::back_inserter(diagnostics_));
    return text;
  }

  const diagnostic::SourceFile* source_;
  const hcl::Scope* scope_;
  diagnostic::Diagnostics diagnostics_;
};

std::string diagnostics_text(const diagnostic::SourceFile& source,
                             const diagnostic::Diagnostics& diagnostics, bool kinds) {
  std::string text = "[";
  std::string_view separator;
  for (const diagnostic::Diagnostic& each : diagnostics) {
    text += std::exchange(separator, ",");
    text += fmt::format(R"({{"severity":"{}","summary":{},{})",
                        each.severity == diagnostic::Severity::error ? "error" : "warning",
                        tools::json_text(each.summary), place(source, each));
    text += kinds ? fmt::format(R"(,"kind":"{}"}})", each.kind) : "}";
  }
  return text + "]";
}

}  // namespace

std::string line(const diagnostic::SourceFile& source, const hcl::Scope& scope, bool kinds) {
  hcl::ParseResult parsed = hcl::parse(source);
  diagnostic::Diagnostics diagnostics = std::move(parsed.diagnostics);
  std::string body = "null";
  if (!diagnostic::has_errors(diagnostics)) {
    Writer writer(source, scope);
    body = writer.body(parsed.file.body);
    std::ranges::move(writer.take_diagnostics(), std::back_inserter(diagnostics));
  }
  sort_by_place(diagnostics);
  return fmt::format(R"({{"file":{},"body":{},"diagnostics":{}}})", tools::json_text(source.name()),
                     body, diagnostics_text(source, diagnostics, kinds));
}

}  // namespace hcl_eval
