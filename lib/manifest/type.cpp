#include "manifest/type.h"

#include <algorithm>
#include <iterator>

#include "text/quote.h"

namespace manifest {

const ResourceType* find_type(ResourceTypes types, std::string_view name) {
  const auto found = std::ranges::find(types, name, &ResourceType::name);
  return found == types.end() ? nullptr : *found;
}

const ResourceType* find_task_type(ResourceTypes types) {
  const auto found = std::ranges::find_if(
      types, [](const ResourceType* type) { return !type->task_attributes().empty(); });
  return found == types.end() ? nullptr : *found;
}

bool is_own_attribute(const ResourceType& type, std::string_view name) {
  const auto attributes = type.attributes();
  return std::ranges::find(attributes, name, &AttributeSchema::name) != attributes.end();
}

std::string any_block(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 == names.size() ? " or " : ", ";
    text += names[i];
  }
  return text::with_article(text + " block");
}

std::string any_block(ResourceTypes types) {
  std::vector<std::string_view> names;
  std::ranges::transform(types, std::back_inserter(names), &ResourceType::name);
  return any_block(names);
}

}  // namespace manifest
