// Function calls: "Functions and Function Calls" of the specification.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hcl/evaluate/nodes.h"
#include "hcl/value/convert.h"
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

/// Every function is built in, which is all that the namespace before its name can say.
std::string_view without_core(std::string_view name) {
  constexpr std::string_view prefix = "core::";
  return name.substr(name.starts_with(prefix) ? prefix.size() : 0);
}

/// What the original would go on with is no failure that somebody could mean to catch.
bool is_limit(std::string_view kind) {
  return kind == name(Kind::number_out_of_range) || kind == name(Kind::value_too_large);
}

/// What was written for an argument; several of them can come from one that is expanded.
struct Argument {
  Range range;
  Value value;
  /// Why it could not be evaluated, where the function wants to know.
  diagnostic::Diagnostics failure = {};
  /// Which element of the expanded argument it is.
  std::optional<std::size_t> element = {};
};

/// One call, step by step; each step returns false, after a diagnostic, if there is no call.
class Caller {
 public:
  Caller(Context& context, const FunctionCall& node, const Function* function, Range range)
      : context_(context), node_(node), function_(function), range_(range) {}

  bool evaluate_arguments() {
    const std::size_t reported = context_.report_count();
    const std::size_t plain = node_.arguments.size() - (node_.expands_last ? 1 : 0);
    for (const Expression* argument : node_.arguments.first(plain)) {
      arguments_.push_back(
          takes_failures()
              ? attempt(*argument)
              : Argument{.range = argument->range, .value = evaluate_node(context_, *argument)});
    }
    const bool is_complete = !node_.expands_last || expand(*node_.arguments.back());
    has_failed_ = context_.report_count() > reported;
    return is_complete;
  }

  bool check_count() {
    const std::size_t count = arguments_.size();
    const std::vector<Parameter>& parameters = function_->parameters;
    if (count < function_->min_arguments()) {
      report_count(Kind::too_few_arguments, {range_.end - 1, range_.end}, "too few",
                   fmt::format("; {} is missing", text::quoted(parameters[count].name)));
      return false;
    }
    if (!function_->rest && count > parameters.size()) {
      report_count(Kind::too_many_arguments, arguments_[parameters.size()].range, "too many", "");
      return false;
    }
    return true;
  }

  bool convert_arguments() {
    bool all_fit = true;
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      all_fit = convert_argument(arguments_[i], parameter(i)) && all_fit;
    }
    return all_fit;
  }

  Value call() {
    if (has_failed_) {
      return Value::unknown();
    }
    std::vector<Value> values;
    bool is_sensitive = false;
    for (const Argument& argument : arguments_) {
      context_.spend_on(argument.value);
      is_sensitive = is_sensitive || argument.value.holds_sensitive();
      if (argument.failure.empty() && !argument.value.is_wholly_known()) {
        return Value::unknown();
      }
      values.push_back(argument.value);
    }
    FunctionResult result =
        takes_failures() ? call_with_attempts() : std::get<Function::Call>(function_->call)(values);
    if (!result) {
      return report_failure(std::move(result.error()));
    }
    context_.make_of(*result);
    return context_.limited(result->marked_sensitive(result->is_sensitive() ||
                                                     (is_sensitive && !function_->handles_marks)),
                            range_);
  }

 private:
  [[nodiscard]] bool takes_failures() const {
    return function_ != nullptr && std::holds_alternative<Function::AttemptCall>(function_->call);
  }

  [[nodiscard]] const Parameter& parameter(std::size_t index) const {
    return index < function_->parameters.size() ? function_->parameters[index] : *function_->rest;
  }

  Argument attempt(const Expression& expression) {
    Argument argument{.range = expression.range, .value = {}};
    Context inner = context_.reporting_to(argument.failure);
    argument.value = evaluate_node(inner, expression);
    const auto limits =
        std::stable_partition(argument.failure.begin(), argument.failure.end(),
                              [](const auto& each) { return !is_limit(each.kind); });
    context_.adopt(
        {std::make_move_iterator(limits), std::make_move_iterator(argument.failure.end())});
    argument.failure.erase(limits, argument.failure.end());
    return argument;
  }

  bool expand(const Expression& expression) {
    const std::size_t reported = context_.report_count();
    const Value value = evaluate_node(context_, expression);
    if (value.is_unknown() || context_.report_count() > reported) {
      return false;
    }
    const Elements* elements = value.as_elements();
    if (elements == nullptr) {
      context_.report(Kind::invalid_expansion, expression.range,
                      context_.describe(expression.range, value),
                      value.as_members() != nullptr
                          ? "only lists, sets and tuples are expanded with \"...\"; take the "
                            "values, as in [for v in x : v]"
                          : "only lists, sets and tuples are expanded with \"...\"");
      return false;
    }
    for (std::size_t i = 0; i < elements->size(); ++i) {
      arguments_.push_back({.range = expression.range,
                            .value = (*elements)[i].marked_as_part_of(value),
                            .element = i});
    }
    context_.make_of(value);
    return true;
  }

  void report_count(Kind kind, Range range, std::string_view what, std::string_view more) {
    context_.report(kind, range,
                    fmt::format("{} arguments for {}", what, text::quoted(node_.name.text)),
                    fmt::format("{} takes {}, not {}{}", node_.name.text,
                                expected_count(*function_), arguments_.size(), more));
  }

  bool convert_argument(Argument& argument, const Parameter& parameter) {
    if (!argument.failure.empty() || argument.value.is_unknown()) {
      is_open_ =
          is_open_ || (argument.value.type().is(TypeKind::any) && parameter.type.is(TypeKind::any));
      return true;
    }
    if (argument.value.is_null() && !parameter.takes_null && !is_open_) {
      report_argument(argument, parameter, " cannot be null");
      return false;
    }
    if (parameter.type.is(TypeKind::any)) {
      return true;
    }
    context_.make_of(argument.value);
    tl::expected<Value, ConversionError> converted = convert(argument.value, parameter.type);
    if (!converted) {
      const ConversionError& error = converted.error();
      report_argument(
          argument, parameter,
          fmt::format("{}{}: {}", error.path.empty() ? "" : ", at ", error.path, error.message));
      return false;
    }
    argument.value = std::move(*converted);
    return true;
  }

  void report_argument(const Argument& argument, const Parameter& parameter,
                       std::string_view problem) {
    context_.report(
        Kind::invalid_argument, argument.range,
        argument.element ? fmt::format("element {} of {} is {}", *argument.element,
                                       context_.code(argument.range), with_type(argument.value))
                         : context_.describe(argument.range, argument.value),
        fmt::format("argument {} of {}{}", text::quoted(parameter.name), node_.name.text, problem));
  }

  FunctionResult call_with_attempts() {
    std::vector<Attempt> attempts;
    for (const Argument& argument : arguments_) {
      Attempt attempt{.value = argument.value, .failure = {}};
      if (!argument.failure.empty()) {
        const diagnostic::Diagnostic& first = argument.failure.front();
        attempt.failure = fmt::format("{}; {}", first.summary, first.detail);
      }
      attempts.push_back(std::move(attempt));
    }
    return std::get<Function::AttemptCall>(function_->call)(attempts);
  }

  Value report_failure(FunctionError error) {
    const bool is_about_argument = error.argument && *error.argument < arguments_.size();
    return context_.report(
        Kind::function_failed, is_about_argument ? arguments_[*error.argument].range : range_,
        fmt::format("function {} failed", text::quoted(node_.name.text)), std::move(error.message));
  }

  Context& context_;
  const FunctionCall& node_;
  const Function* function_;
  Range range_;
  std::vector<Argument> arguments_;
  /// An argument has: there is no call with what is left of it.
  bool has_failed_ = false;
  /// An argument of any type is unknown, which makes the result unknown whatever follows it. That
  /// is how a condition is checked for the elements of an empty list.
  bool is_open_ = false;
};

}  // namespace

Value evaluate_call(Context& context, const FunctionCall& node, Range range) {
  const std::string_view name = without_core(node.name.text);
  const Function* function = context.scope().find_function(name);
  if (function == nullptr) {
    context.report(Kind::unknown_function, node.name.range,
                   fmt::format("unknown function {}", text::quoted(node.name.text)),
                   suggestion(name, "functions", context.scope().function_names()));
  }
  Caller caller(context, node, function, range);
  const bool is_callable = caller.evaluate_arguments() && function != nullptr &&
                           caller.check_count() && caller.convert_arguments();
  return is_callable ? caller.call() : Value::unknown();
}

}  // namespace hcl::evaluation
