// What the names in an expression mean.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "hcl/value/value.h"

namespace hcl {

/// A call that failed: which argument is at fault (counted from 0; none: the call as a whole), and
/// why, in the words of a diagnostic's detail.
struct FunctionError {
  std::optional<std::size_t> argument;
  std::string message;
};

/// A function that expressions may call. The evaluator checks the number of arguments.
struct Function {
  std::size_t min_arguments = 0;
  /// Nothing: any number.
  std::optional<std::size_t> max_arguments;
  std::function<tl::expected<Value, FunctionError>(std::span<const Value>)> call;
};

using Functions = std::map<std::string, Function, std::less<>>;

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
