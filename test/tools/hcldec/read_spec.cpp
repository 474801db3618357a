#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "hcl/evaluate/evaluate.h"
#include "hcl/evaluate/type_expression.h"
#include "hcl/value/convert.h"
#include "text/quote.h"
#include "tools/hcldec/report.h"
#include "tools/hcldec/spec.h"

namespace hcldec {
namespace {

constexpr std::array<std::pair<std::string_view, SpecKind>, 12> kinds = {{
    {"array", SpecKind::array},
    {"attr", SpecKind::attr},
    {"block", SpecKind::block},
    {"block_attrs", SpecKind::block_attrs},
    {"block_list", SpecKind::block_list},
    {"block_map", SpecKind::block_map},
    {"block_set", SpecKind::block_set},
    {"block_tuple", SpecKind::block_tuple},
    {"default", SpecKind::default_value},
    {"literal", SpecKind::literal},
    {"object", SpecKind::object},
    {"transform", SpecKind::transform},
}};

class Reader {
 public:
  Reader(const diagnostic::SourceFile& source, const hcl::Scope& scope,
         diagnostic::Diagnostics& diagnostics)
      : source_(&source), scope_(&scope), diagnostics_(&diagnostics) {}

  hcl::Members variables(const hcl::Body& body) {
    hcl::Members variables;
    for (const hcl::Block& block : body.blocks) {
      if (block.type.text == "variables") {
        for (const hcl::Attribute& attribute : block.body.attributes) {
          variables.insert_or_assign(std::string(attribute.name.text), evaluated(attribute));
        }
      }
    }
    return variables;
  }

  /// The specifications among the blocks of `body`.
  std::vector<Spec> specs(const hcl::Body& body) {
    std::vector<Spec> specs;
    for (const hcl::Block& block : body.blocks) {
      if (block.type.text != "variables") {
        specs.push_back(spec(block));
      }
    }
    return specs;
  }

  /// `body` holds exactly one, as it must.
  Spec one_spec(const hcl::Body& body, hcl::Range owner) {
    std::vector<Spec> found = specs(body);
    if (found.size() != 1) {
      complain(owner, "exactly one specification is needed here");
      return {};
    }
    return std::move(found.front());
  }

 private:
  Spec spec(const hcl::Block& block) {
    Spec spec;
    const auto* kind =
        std::ranges::find(kinds, block.type.text, &std::pair<std::string_view, SpecKind>::first);
    if (kind == kinds.end()) {
      complain(block.type.range, "unknown specification " + text::quoted(block.type.text));
      return spec;
    }
    spec.kind = kind->second;
    if (!block.labels.empty()) {
      spec.key = block.labels.front().text;
      spec.name = spec.key;
    }
    for (const hcl::Attribute& attribute : block.body.attributes) {
      read(attribute, spec);
    }
    switch (spec.kind) {
      case SpecKind::attr:
      case SpecKind::literal:
      case SpecKind::block_attrs:
        break;
      case SpecKind::object:
      case SpecKind::array:
      case SpecKind::default_value:
        spec.nested = specs(block.body);
        break;
      default:
        spec.nested.push_back(one_spec(block.body, block.header));
        break;
    }
    return spec;
  }

  void read(const hcl::Attribute& attribute, Spec& spec) {
    const std::string_view name = attribute.name.text;
    if (name == "type" || name == "element_type") {
      spec.type = hcl::read_type(*attribute.value, *source_, *diagnostics_).type;
    } else if (name == "name" || name == "block_type") {
      spec.name = text(attribute);
    } else if (name == "required") {
      const hcl::Value value = evaluated(attribute);
      spec.is_required = value.as_bool() != nullptr && *value.as_bool();
    } else if (name == "min_items") {
      spec.min_items = count(attribute);
    } else if (name == "max_items") {
      spec.max_items = count(attribute);
    } else if (name == "labels") {
      spec.labels = texts(attribute);
    } else if (name == "value") {
      spec.value = evaluated(attribute);
    } else if (name == "result") {
      spec.result = attribute.value;
    } else {
      complain(attribute.name.range, "unknown attribute " + text::quoted(name));
    }
  }

  hcl::Value evaluated(const hcl::Attribute& attribute) {
    return hcl::evaluate(*attribute.value, *scope_, *source_, *diagnostics_);
  }

  std::string text(const hcl::Attribute& attribute) {
    const hcl::Value value = evaluated(attribute);
    if (value.as_string() == nullptr) {
      complain(attribute.value->range, "a string is needed");
      return {};
    }
    return *value.as_string();
  }

  std::size_t count(const hcl::Attribute& attribute) {
    const hcl::Value value = evaluated(attribute);
    const auto number = value.as_number() == nullptr ? std::nullopt : value.as_number()->to_int64();
    if (!number || *number < 0) {
      complain(attribute.value->range, "a whole number is needed");
      return 0;
    }
    return static_cast<std::size_t>(*number);
  }

  std::vector<std::string> texts(const hcl::Attribute& attribute) {
    const auto value = hcl::convert(evaluated(attribute), hcl::Type::list(hcl::Type::string()));
    std::vector<std::string> texts;
    if (!value || value->as_elements() == nullptr) {
      complain(attribute.value->range, "a list of strings is needed");
      return texts;
    }
    for (const hcl::Value& element : *value->as_elements()) {
      texts.push_back(element.as_string() == nullptr ? "" : *element.as_string());
    }
    return texts;
  }

  void complain(hcl::Range range, std::string summary) {
    report(*diagnostics_, *source_, range, std::move(summary));
  }

  const diagnostic::SourceFile* source_;
  const hcl::Scope* scope_;
  diagnostic::Diagnostics* diagnostics_;
};

}  // namespace

std::optional<SpecFile> read_spec(const diagnostic::SourceFile& source, const hcl::Body& body,
                                  const hcl::Scope& scope, diagnostic::Diagnostics& diagnostics) {
  Reader reader(source, scope, diagnostics);
  SpecFile file{.root = {}, .variables = reader.variables(body)};
  file.root = reader.one_spec(body, {});
  return diagnostic::has_errors(diagnostics) ? std::nullopt : std::optional(std::move(file));
}

hcl::Type implied_type(const Spec& spec) {
  const auto nested = [&] { return implied_type(spec.nested.front()); };
  switch (spec.kind) {
    case SpecKind::object: {
      hcl::Type::Attributes attributes;
      for (const Spec& each : spec.nested) {
        attributes.insert_or_assign(each.key, hcl::Type::Attribute{.type = implied_type(each)});
      }
      return hcl::Type::object(std::move(attributes));
    }
    case SpecKind::array: {
      std::vector<hcl::Type> elements;
      std::ranges::transform(spec.nested, std::back_inserter(elements), implied_type);
      return hcl::Type::tuple(std::move(elements));
    }
    case SpecKind::attr:
      return spec.type;
    case SpecKind::literal:
      return spec.value.type();
    case SpecKind::block:
    case SpecKind::default_value:
      return nested();
    case SpecKind::block_list:
      return hcl::Type::list(nested());
    case SpecKind::block_set:
      return hcl::Type::set(nested());
    case SpecKind::block_map: {
      hcl::Type type = nested();
      for (std::size_t i = 0; i < spec.labels.size(); ++i) {
        type = hcl::Type::map(std::move(type));
      }
      return type;
    }
    case SpecKind::block_attrs:
      return hcl::Type::map(spec.type);
    case SpecKind::block_tuple:
    case SpecKind::transform:
      return hcl::Type::any();
  }
  return hcl::Type::any();
}

}  // namespace hcldec
