// Function calls: "Functions and Function Calls" of the specification.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "hcl/evaluate/nodes.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

/// "1 argument", "1 or 2 arguments", "2 to 4 arguments", "at least 1 argument".
std::string expected_count(const Function& function) {
  const std::size_t low = function.min_arguments();
  if (function.rest) {
    return "at least " + text::counted(low, "argument");
  }
  const std::size_t high = function.parameters.size();
  if (low == high) {
    return low == 0 ? "no arguments" : text::counted(low, "argument");
  }
  return fmt::format("{} {} {} arguments", low, high == low + 1 ? "or" : "to", high);
}

bool has_right_count(Context& context, const FunctionCall& node, const Function& function,
                     Range range) {
  const std::size_t count = node.arguments.size();
  const auto detail = [&] {
    return fmt::format("{} takes {}, not {}", node.name.text, expected_count(function), count);
  };
  if (count < function.min_arguments()) {
    const Range closing{range.end - 1, range.end};
    context.report(Kind::too_few_arguments, closing,
                   fmt::format("too few arguments for {}", text::quoted(node.name.text)), detail());
    return false;
  }
  if (!function.rest && count > function.parameters.size()) {
    context.report(Kind::too_many_arguments, node.arguments[function.parameters.size()]->range,
                   fmt::format("too many arguments for {}", text::quoted(node.name.text)),
                   detail());
    return false;
  }
  return true;
}

Value call(Context& context, const FunctionCall& node, const Function& function,
           std::span<const Value> arguments, Range range) {
  tl::expected<Value, FunctionError> result = std::get<Function::Call>(function.call)(arguments);
  if (result) {
    return context.limited(std::move(*result), range);
  }
  FunctionError& error = result.error();
  const bool is_about_argument = error.argument && *error.argument < node.arguments.size();
  return context.report(
      Kind::function_failed, is_about_argument ? node.arguments[*error.argument]->range : range,
      fmt::format("function {} failed", text::quoted(node.name.text)), std::move(error.message));
}

}  // namespace

Value evaluate_call(Context& context, const FunctionCall& node, Range range) {
  const Function* function = context.scope().find_function(node.name.text);
  if (function == nullptr) {
    context.report(Kind::unknown_function, node.name.range,
                   fmt::format("unknown function {}", text::quoted(node.name.text)),
                   suggestion(node.name.text, "functions", context.scope().function_names()));
  }
  std::vector<Value> arguments;
  for (const Expression* argument : node.arguments) {
    arguments.push_back(evaluate_node(context, *argument));
  }
  if (node.expands_last) {
    return context.report_unsupported(node.arguments.back()->range, "expanded arguments are",
                                      "pass the arguments one by one, without \"...\"");
  }
  if (function == nullptr || !has_right_count(context, node, *function, range)) {
    return Value::unknown();
  }
  const bool all_known = std::all_of(arguments.begin(), arguments.end(),
                                     [](const Value& value) { return value.is_wholly_known(); });
  return all_known ? call(context, node, *function, arguments, range) : Value::unknown();
}

}  // namespace hcl::evaluation
