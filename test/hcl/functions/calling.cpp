#include "calling.h"

#include <fmt/format.h>

#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/parser.h"
#include "hcl/value/convert.h"

namespace calling {
namespace {

using hcl::Function;
using hcl::FunctionError;
using hcl::Value;

/// `function` with its arguments converted and refused as the evaluator is going to do it.
Function with_conversions(const Function& function) {
  const auto* call = std::get_if<Function::Call>(&function.call);
  if (call == nullptr) {
    return function;
  }
  Function wrapped = function;
  wrapped.call = [function,
                  inner = *call](std::span<const Value> arguments) -> hcl::FunctionResult {
    std::vector<Value> converted;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const hcl::Parameter& parameter =
          i < function.parameters.size() ? function.parameters[i] : *function.rest;
      const auto value = hcl::convert(arguments[i], parameter.type);
      if (!value) {
        return tl::unexpected(FunctionError{i, value.error().message});
      }
      if (value->is_null() && !parameter.takes_null) {
        return tl::unexpected(FunctionError{i, "it is null"});
      }
      converted.push_back(*value);
    }
    return inner(converted);
  };
  return wrapped;
}

const hcl::Functions& functions() {
  static const hcl::Functions functions = [] {
    hcl::Functions all = hcl::standard_functions();
    for (auto& [name, function] : all) {
      function = with_conversions(function);
    }
    return all;
  }();
  return functions;
}

}  // namespace

std::string called(std::string_view expression) {
  const diagnostic::SourceFile source("test.hcl", fmt::format("x = {}\n", expression));
  hcl::ParseResult parsed = hcl::parse(source);
  diagnostic::Diagnostics diagnostics = std::move(parsed.diagnostics);
  Value value;
  if (const hcl::Attribute* attribute = parsed.file.body.find("x")) {
    value = hcl::evaluate(*attribute->value, hcl::Scope(functions()), source, diagnostics);
  }
  return diagnostics.empty() ? to_hcl(value, 4000)
                             : fmt::format("error: {}", diagnostics.front().detail);
}

}  // namespace calling
