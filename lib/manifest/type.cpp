#include "manifest/type.h"

#include <fmt/format.h>

#include <algorithm>

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

std::string any_block(ResourceTypes types) {
  std::string names;
  for (std::size_t i = 0; i < types.size(); ++i) {
    names += i == 0 ? "" : i + 1 == types.size() ? " or " : ", ";
    names += types[i]->name();
  }
  return fmt::format("a {} block", names);
}

}  // namespace manifest
