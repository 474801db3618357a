#include "manifest/resource_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "text/distance.h"
#include "text/quote.h"

namespace manifest {
namespace {

/// How many names are shown of many.
constexpr std::size_t most_names = 5;

}  // namespace

std::string instance_name(std::string_view block, std::string_view key) {
  return fmt::format("{}[{}]", block, text::quoted(key));
}

std::string name_in_task(std::string_view task, std::string_view block) {
  return task.empty() ? std::string(block) : fmt::format("{}/{}", task, block);
}

std::string_view task_of(std::string_view resource) {
  const std::string_view block = block_of(resource);
  const std::size_t slash = block.find('/');
  return slash == std::string_view::npos ? "" : block.substr(0, slash);
}

std::string_view block_of(std::string_view resource) {
  return resource.substr(0, resource.find('['));
}

std::string_view quoted_key_of(std::string_view resource) {
  const std::size_t bracket = resource.find('[');
  return bracket == std::string_view::npos
             ? std::string_view()
             : resource.substr(bracket + 1, resource.size() - bracket - 2);
}

std::string reference_to(std::string_view type, std::string_view name) {
  return name.find_first_of("./") == std::string_view::npos ? fmt::format("{}.{}", type, name)
                                                            : fmt::format("{}[\"{}\"]", type, name);
}

std::string describe_instances(std::span<const std::string_view> names, std::string_view wanted) {
  // The names of all are alike: only the keys tell how near they are.
  std::vector<std::string_view> keys;
  std::ranges::transform(names, std::back_inserter(keys), quoted_key_of);
  if (const auto near = text::nearest(quoted_key_of(wanted), keys)) {
    return fmt::format("did you mean {}[{}]?", block_of(wanted), *near);
  }
  const auto shown = names.first(std::min(names.size(), most_names));
  const std::size_t left = names.size() - shown.size();
  return fmt::format("there {} {}{}", names.size() == 1 ? "is" : "are", fmt::join(shown, ", "),
                     left > 0 ? fmt::format(" and {} more", left) : "");
}

}  // namespace manifest
