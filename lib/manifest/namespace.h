// Named values that expressions reach as ROOT.NAME: the variables below `var`, the locals below
// `local`.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "hcl/value/value.h"

namespace manifest {

class Namespace {
 public:
  /// False if the name was declared before. Its value is unknown until it is set. `name` outlives
  /// this.
  bool declare(std::string_view name);
  /// `name` has been declared.
  void set(std::string_view name, hcl::Value value);

  /// Null if no such name was declared.
  [[nodiscard]] const hcl::Value* find(std::string_view name) const;
  /// In order of declaration.
  [[nodiscard]] const std::vector<std::string_view>& names() const { return names_; }

  /// Whether a name that is not among them is really missing: syntax errors may have hidden it.
  [[nodiscard]] bool is_complete() const { return is_complete_; }
  void mark_incomplete() { is_complete_ = false; }

 private:
  std::vector<std::string_view> names_;
  std::unordered_map<std::string_view, hcl::Value> values_;
  bool is_complete_ = true;
};

}  // namespace manifest
