#include "manifest/declared.h"

#include <algorithm>
#include <string_view>

#include "hcl/syntax/parser.h"
#include "manifest/rules.h"

namespace manifest {
namespace {

std::string description_of(const hcl::Block& block) {
  const hcl::Attribute* attribute = block.body.find("description");
  return attribute == nullptr ? ""
                              : std::string(hcl::constant_text(*attribute->value).value_or(""));
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
