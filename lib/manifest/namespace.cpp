#include "manifest/namespace.h"

#include <utility>

namespace manifest {

bool Namespace::declare(std::string_view name) {
  const bool is_new = values_.emplace(name, hcl::Value::unknown()).second;
  if (is_new) {
    names_.push_back(name);
  }
  return is_new;
}

void Namespace::set(std::string_view name, hcl::Value value) {
  values_.find(name)->second = std::move(value);
}

const hcl::Value* Namespace::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

}  // namespace manifest
