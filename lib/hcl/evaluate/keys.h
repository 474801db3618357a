// The names that a map knows, for messages that suggest one.
#pragma once

#include <string_view>
#include <vector>

namespace hcl::evaluation {

/// In the map's order; they point into it.
template <typename Map>
[[nodiscard]] std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) {
    keys.push_back(entry.first);
  }
  return keys;
}

}  // namespace hcl::evaluation
