#include "tools/hcldec/output.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "hcl/value/json.h"
#include "tools/json_text.h"

namespace hcldec {
namespace {

std::string position_json(const diagnostic::SourceFile& source, std::size_t offset) {
  const diagnostic::Position at = source.position(offset);
  return fmt::format(R"({{"line":{},"column":{},"byte":{}}})", at.line, at.column, at.byte);
}

std::string range_json(const diagnostic::SourceFile& source, diagnostic::Range range) {
  return fmt::format(R"({{"filename":{},"start":{},"end":{}}})", tools::json_text(source.name()),
                     position_json(source, range.begin), position_json(source, range.end));
}

/// The key of an index that is a literal, as JSON.
std::optional<std::string> literal_key(const hcl::Step& step) {
  if (const auto* legacy = std::get_if<hcl::LegacyIndexStep>(&step.step)) {
    return std::string(legacy->digits);
  }
  const auto* index = std::get_if<hcl::IndexStep>(&step.step);
  if (index == nullptr) {
    return std::nullopt;
  }
  if (const auto* number = std::get_if<hcl::NumberLiteral>(&index->key->node)) {
    return std::string(number->text);
  }
  const auto* text = std::get_if<hcl::Template>(&index->key->node);
  if (text == nullptr || text->parts.size() != 1) {
    return std::nullopt;
  }
  const auto* part = std::get_if<hcl::TemplateText>(&text->parts.front().part);
  return part == nullptr ? std::nullopt : std::optional(tools::json_text(part->text));
}

/// Empty where the step depends on more than the source.
std::string step_json(const hcl::Step& step, const diagnostic::SourceFile& source) {
  std::string what;
  if (const auto* attribute = std::get_if<hcl::AttributeStep>(&step.step)) {
    what = R"("kind":"attr","name":)" + tools::json_text(attribute->name.text);
  } else if (const auto key = literal_key(step)) {
    what = R"("kind":"index","key":)" + *key;
  } else {
    return {};
  }
  return "{" + what + R"(,"range":)" + range_json(source, step.range) + "}";
}

std::string reference_json(const hcl::Traversal& reference, const diagnostic::SourceFile& source) {
  const std::string name = tools::json_text(reference.root.text);
  std::string steps = R"({"kind":"root","name":)" + name + R"(,"range":)" +
                      range_json(source, reference.root.range) + "}";
  diagnostic::Range range = reference.root.range;
  for (const hcl::Step& step : reference.steps) {
    const std::string text = step_json(step, source);
    if (text.empty()) {
      break;
    }
    steps += "," + text;
    range = diagnostic::join(range, step.range);
  }
  return fmt::format(R"({{"root_name":{},"steps":[{}],"range":{}}})", name, steps,
                     range_json(source, range));
}

}  // namespace

std::string type_json(const hcl::Type& type) {
  const auto collection = [&](std::string_view name) {
    return fmt::format(R"(["{}",{}])", name, type_json(type.element()));
  };
  switch (type.kind()) {
    case hcl::TypeKind::any:
      return R"("dynamic")";
    case hcl::TypeKind::boolean:
      return R"("bool")";
    case hcl::TypeKind::number:
      return R"("number")";
    case hcl::TypeKind::string:
      return R"("string")";
    case hcl::TypeKind::list:
      return collection("list");
    case hcl::TypeKind::set:
      return collection("set");
    case hcl::TypeKind::map:
      return collection("map");
    case hcl::TypeKind::tuple: {
      std::string elements;
      for (const hcl::Type& element : type.elements()) {
        elements += (elements.empty() ? "" : ",") + type_json(element);
      }
      return R"(["tuple",[)" + elements + "]]";
    }
    case hcl::TypeKind::object: {
      std::string attributes;
      for (const auto& [name, attribute] : type.attributes()) {
        attributes += (attributes.empty() ? "" : ",") + tools::json_text(name) + ":" +
                      type_json(attribute.type);
      }
      return R"(["object",{)" + attributes + "}]";
    }
  }
  return {};
}

hcl::Value without_nulls(const hcl::Value& value) {
  if (const hcl::Members* members = value.as_members()) {
    hcl::Members kept;
    for (const auto& [name, member] : *members) {
      if (!member.is_null()) {
        kept.emplace(name, without_nulls(member));
      }
    }
    return hcl::Value::object(std::move(kept));
  }
  if (const hcl::Elements* elements = value.as_elements()) {
    hcl::Elements kept;
    for (const hcl::Value& element : *elements) {
      kept.push_back(without_nulls(element));
    }
    return hcl::Value::tuple(std::move(kept));
  }
  return value;
}

std::string diagnostics_json(const diagnostic::Diagnostics& diagnostics) {
  std::string text;
  for (const diagnostic::Diagnostic& each : diagnostics) {
    text += text.empty() ? "" : ",";
    text += fmt::format(R"({{"severity":"{}","summary":{},"detail":{})",
                        each.severity == diagnostic::Severity::error ? "error" : "warning",
                        tools::json_text(each.summary), tools::json_text(each.detail));
    text +=
        each.file == nullptr ? "}" : R"(,"subject":)" + range_json(*each.file, each.range) + "}";
  }
  return R"({"diagnostics":[)" + text + "]}";
}

std::string references_json(std::span<const hcl::Traversal* const> references,
                            const diagnostic::SourceFile& source) {
  std::string text;
  for (const hcl::Traversal* reference : references) {
    text += (text.empty() ? "" : ",") + reference_json(*reference, source);
  }
  return "[" + text + "]";
}

}  // namespace hcldec
