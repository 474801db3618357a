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

std::string any_block(ResourceTypes types) {
  std::vector<std::string_view> names;
  for (const ResourceType* type : types) {
    names.push_back(type->name());
  }
  return fmt::format("a {} block", fmt::join(names, " or "));
}

}  // namespace manifest
