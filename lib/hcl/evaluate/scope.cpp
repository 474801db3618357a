#include "hcl/evaluate/scope.h"

namespace hcl {
namespace {

template <typename Map>
std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) {
    keys.push_back(entry.first);
  }
  return keys;
}

}  // namespace

const Value* Scope::find(std::string_view name) const {
  const auto found = variables_.find(name);
  return found != variables_.end() ? &found->second : nullptr;
}

const Function* Scope::find_function(std::string_view name) const {
  const auto found = functions_->find(name);
  return found != functions_->end() ? &found->second : nullptr;
}

std::vector<std::string_view> Scope::variable_names() const {
  return keys_of(variables_);
}

std::vector<std::string_view> Scope::function_names() const {
  return keys_of(*functions_);
}

}  // namespace hcl
