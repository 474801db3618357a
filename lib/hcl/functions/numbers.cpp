// abs, ceil, floor, log, max, min, parseint, pow, signum, sum.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"

namespace hcl::functions {
namespace {

FunctionResult call_abs(Arguments arguments) {
  return Value::number(number_of(arguments[0]).abs());
}

FunctionResult call_ceil(Arguments arguments) {
  return Value::number(number_of(arguments[0]).ceil());
}

FunctionResult call_floor(Arguments arguments) {
  return Value::number(number_of(arguments[0]).floor());
}

FunctionResult call_signum(Arguments arguments) {
  const auto number = whole_number(arguments, 0, "the number");
  if (!number) {
    return tl::unexpected(number.error());
  }
  return Value::number(Number(number_of(arguments[0]).sign()));
}

/// Computes with doubles, as the original does.
FunctionResult compute(Arguments arguments, std::optional<Number> (*operation)(double, double)) {
  double operands[2] = {};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::optional<double> operand = number_of(arguments[i]).to_double();
    if (!operand) {
      return fail(i, "the number is too large for this function");
    }
    operands[i] = *operand;
  }
  const std::optional<Number> result = operation(operands[0], operands[1]);
  if (!result) {
    return fail(fmt::format("the result is not a real number for {} and {}",
                            to_hcl(arguments[0], 50), to_hcl(arguments[1], 50)));
  }
  return Value::number(*result);
}

FunctionResult call_log(Arguments arguments) {
  return compute(arguments, [](double number, double base) {
    // A quotient of two rounded logarithms can lie beside the whole number that it should be.
    const double quotient = std::log(number) / std::log(base);
    const double whole = std::round(quotient);
    const bool is_power = Number::power(base, whole) == Number::from_double(number);
    return Number::from_double(is_power ? whole : quotient);
  });
}

FunctionResult call_pow(Arguments arguments) {
  return compute(arguments, Number::power);
}

FunctionResult call_max(Arguments arguments) {
  return *std::max_element(arguments.begin(), arguments.end(), [](const Value& a, const Value& b) {
    return number_of(a) < number_of(b);
  });
}

FunctionResult call_min(Arguments arguments) {
  return *std::min_element(arguments.begin(), arguments.end(), [](const Value& a, const Value& b) {
    return number_of(a) < number_of(b);
  });
}

FunctionResult call_parseint(Arguments arguments) {
  const std::string* text = arguments[0].as_string();
  if (text == nullptr) {
    return needs(arguments, 0, "a string");
  }
  const auto base = whole_number(arguments, 1, "the base");
  if (!base) {
    return tl::unexpected(base.error());
  }
  if (*base < 2 || *base > 62) {
    return fail(1, fmt::format("the base must be from 2 to 62, not {}", to_hcl(arguments[1], 50)));
  }
  const std::optional<Number> number = Number::parse_integer(*text, static_cast<int>(*base));
  if (!number) {
    return fail(0, fmt::format("{} is not a whole number in base {}, or too large",
                               to_hcl(arguments[0], 50), to_hcl(arguments[1], 50)));
  }
  return Value::number(*number);
}

FunctionResult call_sum(Arguments arguments) {
  const Elements* elements = arguments[0].as_elements();
  if (elements == nullptr) {
    return needs(arguments, 0, "a list, set or tuple");
  }
  if (elements->empty()) {
    return fail(0, "there is nothing to sum: it is empty");
  }
  Number sum;
  for (std::size_t i = 0; i < elements->size(); ++i) {
    const std::optional<Value> number = to_number((*elements)[i]);
    if (!number || number->is_null()) {
      return fail(0, fmt::format("all elements must be numbers, and the one at index {} is {}", i,
                                 (*elements)[i].described_type()));
    }
    const std::optional<Number> next = Number::add(sum, number_of(*number));
    if (!next) {
      return fail(0, "infinities of both signs have no sum");
    }
    sum = *next;
  }
  return Value::number(sum);
}

}  // namespace

Functions number_functions() {
  const Type number = Type::number();
  const Parameter num{"num", number};
  return {
      {"abs", {.parameters = {num}, .call = call_abs}},
      {"ceil", {.parameters = {num}, .call = call_ceil}},
      {"floor", {.parameters = {num}, .call = call_floor}},
      {"log", {.parameters = {num, {"base", number}}, .call = call_log}},
      {"max", {.parameters = {num}, .rest = num, .call = call_max}},
      {"min", {.parameters = {num}, .rest = num, .call = call_min}},
      {"parseint", {.parameters = {{"number", {}}, {"base", number}}, .call = call_parseint}},
      {"pow", {.parameters = {num, {"power", number}}, .call = call_pow}},
      {"signum", {.parameters = {num}, .call = call_signum}},
      {"sum", {.parameters = {{"list", {}}}, .call = call_sum}},
  };
}

}  // namespace hcl::functions
