#include "hcl/evaluate/scope.h"

#include "hcl/evaluate/keys.h"

namespace hcl {
const Value* Scope::find(std::string_view name) const {
  const auto found = variables_.find(name);
  return found != variables_.end() ? &found->second : nullptr;
}

const Function* Scope::find_function(std::string_view name) const {
  const auto found = functions_->find(name);
  return found != functions_->end() ? &found->second : nullptr;
}

std::vector<std::string_view> Scope::variable_names() const {
  return evaluation::keys_of(variables_);
}

std::vector<std::string_view> Scope::function_names() const {
  return evaluation::keys_of(*functions_);
}

}  // namespace hcl
