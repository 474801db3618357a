#include "hcl/evaluate/evaluating.h"

#include <fmt/format.h>

#include "diagnostic/render.h"

namespace evaluating {
namespace {

using hcl::Function;
using hcl::FunctionError;
using hcl::Number;
using hcl::Value;

using Result = tl::expected<Value, FunctionError>;
using Arguments = std::span<const Value>;

Result env(Arguments arguments) {
  const std::string* name = arguments[0].as_string();
  if (name == nullptr) {
    return tl::unexpected(FunctionError{0, "the name of an environment variable is a string"});
  }
  if (*name == "HOME") {
    return Value::string("/root");
  }
  if (arguments.size() == 2) {
    return arguments[1];
  }
  return tl::unexpected(FunctionError{0, fmt::format("{} is not set; give a default", *name)});
}

Result count(Arguments arguments) {
  return Value::number(Number(static_cast<std::int64_t>(arguments.size())));
}

Result fail(Arguments /*arguments*/) {
  return tl::unexpected(FunctionError{std::nullopt, "it never works"});
}

Value number(std::int64_t value) {
  return Value::number(Number(value));
}

/// As many levels as a value may have.
Value deep() {
  Value value = number(1);
  for (int i = 0; i < 1000; ++i) {
    value = Value::tuple({value});
  }
  return value;
}

hcl::Scope make_scope() {
  const hcl::Parameter any{.name = "value", .type = {}, .takes_null = true};
  static const hcl::Functions functions = {
      {"env", Function{.parameters = {any, any}, .optional_parameters = 1, .call = env}},
      {"count", Function{.rest = any, .call = count}},
      {"at_least_one", Function{.parameters = {any}, .rest = any, .call = count}},
      {"pair", Function{.parameters = {any, any}, .call = count}},
      {"several",
       Function{.parameters = {any, any, any, any}, .optional_parameters = 2, .call = count}},
      {"fail", Function{.call = fail}},
  };
  hcl::Scope scope(functions);
  const Value app = Value::object({{"name", Value::string("web")}, {"0", Value::string("zero")}});
  scope.set("local", Value::object({{"app", app},
                                    {"apps", Value::tuple({app})},
                                    {"caf\u00e9", Value::string("open")},
                                    {"flag", Value::boolean(true)},
                                    {"list", Value::tuple({number(1), number(2), number(3)})},
                                    {"name", Value::string("web")},
                                    {"none", Value()},
                                    {"port", number(80)},
                                    {"root", Value::string("/opt")},
                                    {"text", Value::string("5")}}));
  scope.set("deep", deep());
  scope.set("long", Value::string(std::string(10'000'000, 'x')));
  scope.set("broken", Value::unknown());
  scope.set("half", Value::object({{"known", number(1)}, {"unknown", Value::unknown()}}));
  return scope;
}

}  // namespace

const hcl::Scope& scope() {
  static const hcl::Scope scope = make_scope();
  return scope;
}

Parsed::Parsed(std::string text)
    : source("test.hcl", std::move(text)), result(hcl::parse(source)) {}

std::string evaluated(std::string_view expression) {
  const Parsed parsed(fmt::format("x = {}\n", expression));
  diagnostic::Diagnostics diagnostics = parsed.result.diagnostics;
  std::string text = "nothing";
  if (const hcl::Attribute* attribute = parsed.result.file.body.find("x")) {
    text = to_hcl(evaluate(*attribute->value, scope(), parsed.source, diagnostics));
  }
  for (const diagnostic::Diagnostic& each : diagnostics) {
    text += fmt::format("\n{}: {}; {}", each.kind, each.summary, each.detail);
  }
  return text;
}

std::string reported(std::string_view file) {
  const Parsed parsed{std::string(file)};
  diagnostic::Diagnostics diagnostics = parsed.result.diagnostics;
  for (const hcl::Attribute& attribute : parsed.result.file.body.attributes) {
    static_cast<void>(evaluate(*attribute.value, scope(), parsed.source, diagnostics));
  }
  std::string text;
  for (const diagnostic::Diagnostic& each : diagnostics) {
    text += fmt::format("# {}\n{}", each.kind, render(each, diagnostic::Colour::off));
  }
  return text;
}

}  // namespace evaluating
