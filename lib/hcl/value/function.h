// A function that expressions may call: what it takes, and the code that computes it. What is
// common to all functions (the number of arguments, their conversion, nulls, unknown and sensitive
// values) is the evaluator's business and declared here.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

#include "hcl/value/type.h"
#include "hcl/value/value.h"

namespace hcl {

/// A call that failed: which argument is at fault (counted from 0; none: the call as a whole), and
/// why, in the words of a diagnostic's detail. The words show no sensitive value, nor a part of
/// one: see functions::shown.
struct FunctionError {
  std::optional<std::size_t> argument;
  std::string message;
};

using FunctionResult = tl::expected<Value, FunctionError>;

struct Parameter {
  /// As the manual calls it; in static storage.
  std::string_view name;
  /// An argument is converted to it, or refused. `any` takes whatever comes as it is.
  Type type;
  bool takes_null = false;
};

/// What came of one argument of a function that deals with failures itself.
struct Attempt {
  Value value;
  /// Why the argument could not be evaluated, in the words of the first diagnostic.
  std::optional<std::string> failure;
};

struct Function {
  /// Gets the arguments, converted, wholly known and not null (unless the parameter takes null).
  using Call = std::function<FunctionResult(std::span<const Value>)>;
  /// Gets what became of each argument (`try`, `can`).
  using AttemptCall = std::function<FunctionResult(std::span<const Attempt>)>;

  std::vector<Parameter> parameters;
  /// What takes all further arguments, any number of them.
  std::optional<Parameter> rest;
  /// How many parameters at the end may be left out.
  std::size_t optional_parameters = 0;
  /// It sees to marks itself (`sensitive`, `nonsensitive`). The result of all others is sensitive
  /// as soon as an argument is or holds anything sensitive.
  bool handles_marks = false;
  std::variant<Call, AttemptCall> call;

  [[nodiscard]] std::size_t min_arguments() const {
    return parameters.size() - optional_parameters;
  }
};

using Functions = std::map<std::string, Function, std::less<>>;

}  // namespace hcl
