#include "hcl/syntax/tree.h"

#include <algorithm>

namespace hcl {

std::optional<std::string_view> constant_text(const Expression& expression) {
  const auto* string = std::get_if<Template>(&expression.node);
  if (string == nullptr || string->parts.size() != 1) {
    return std::nullopt;
  }
  const auto* text = std::get_if<TemplateText>(&string->parts[0].part);
  return text == nullptr ? std::nullopt : std::optional(text->text);
}

const Attribute* Body::find(std::string_view name) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(),
                   [name](const auto& attribute) { return attribute.name.text == name; });
  return found == attributes.end() ? nullptr : &*found;
}

const Block* Body::find_block(std::string_view type) const {
  const auto found = std::find_if(blocks.begin(), blocks.end(),
                                  [type](const Block& block) { return block.type.text == type; });
  return found == blocks.end() ? nullptr : &*found;
}

}  // namespace hcl
