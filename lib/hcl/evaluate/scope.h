// What the names in an expression mean.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hcl/value/function.h"
#include "hcl/value/value.h"

namespace hcl {

/// The variables and functions that an expression sees.
class Scope {
 public:
  explicit Scope(const Functions& functions) : functions_(&functions) {}

  /// An unknown value stands for a name whose value could not be found out, after a diagnostic
  /// about it: an expression that uses it is unknown too, without another diagnostic.
  void set(std::string name, Value value) {
    variables_.insert_or_assign(std::move(name), std::move(value));
  }

  [[nodiscard]] const Value* find(std::string_view name) const;
  [[nodiscard]] const Function* find_function(std::string_view name) const;

  [[nodiscard]] std::vector<std::string_view> variable_names() const;
  [[nodiscard]] std::vector<std::string_view> function_names() const;

 private:
  const Functions* functions_;
  std::map<std::string, Value, std::less<>> variables_;
};

}  // namespace hcl
