#include "manifest/declared.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include "hcl/syntax/parser.h"
#include "manifest/rules.h"

namespace manifest {
namespace {

std::string description_of(const hcl::Block& block) {
  const hcl::Attribute* attribute = block.body.find("description");
  const auto* text =
      attribute == nullptr ? nullptr : std::get_if<hcl::Template>(&attribute->value->node);
  if (text == nullptr || text->parts.size() != 1) {
    return "";
  }
  const auto* part = std::get_if<hcl::TemplateText>(&text->parts[0].part);
  return part == nullptr ? "" : std::string(part->text);
}

}  // namespace

std::vector<DeclaredVariable> declared_variables(std::span<const Source> sources) {
  std::vector<DeclaredVariable> variables;
  for (const Source& source : sources) {
    const hcl::ParseResult parsed = hcl::parse(*source.file);
    for (const hcl::Block& block : parsed.file.body.blocks) {
      if (block.type.text != "variable" || block.labels.size() != 1) {
        continue;
      }
      std::string name(block.labels[0].text);
      if (!identifier_problem(name) &&
          std::ranges::find(variables, name, &DeclaredVariable::name) == variables.end()) {
        variables.push_back({.name = std::move(name), .description = description_of(block)});
      }
    }
  }
  return variables;
}

}  // namespace manifest
