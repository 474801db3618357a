#include "hcl/evaluate/evaluating.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "hcl/evaluate/context.h"
#include "support/diagnostics.h"

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
  const std::string shown = arguments[0].is_sensitive() ? "(sensitive)" : *name;
  return tl::unexpected(FunctionError{0, fmt::format("{} is not set; give a default", shown)});
}

Result count(Arguments arguments) {
  return Value::number(Number(static_cast<std::int64_t>(arguments.size())));
}

Result fail(Arguments /*arguments*/) {
  return tl::unexpected(FunctionError{std::nullopt, "it never works"});
}

Result join(Arguments arguments) {
  std::string text;
  for (const Value& element : *arguments[1].as_elements()) {
    text += (text.empty() ? "" : *arguments[0].as_string()) + *element.as_string();
  }
  return Value::string(text);
}

Result add_one(Arguments arguments) {
  return Value::number(*Number::add(*arguments[0].as_number(), Number(1)));
}

Result attempt(std::span<const hcl::Attempt> attempts) {
  for (const hcl::Attempt& each : attempts) {
    if (!each.failure) {
      return each.value;
    }
  }
  return tl::unexpected(FunctionError{std::nullopt, "nothing worked: " + *attempts[0].failure});
}

Result type(Arguments arguments) {
  return Value::string(arguments[0].type().constraint());
}

Result same(Arguments arguments) {
  return Value::boolean(arguments[0] == arguments[1]);
}

Result mark(Arguments arguments) {
  return arguments[0].marked_sensitive();
}

Result unmark(Arguments arguments) {
  return arguments[0].marked_sensitive(false);
}

/// So many numbers.
Result count_up(Arguments arguments) {
  const std::int64_t end = *arguments[0].as_number()->to_int64();
  hcl::Elements elements;
  for (std::int64_t i = 0; i < end; ++i) {
    elements.push_back(Value::number(Number(i)));
  }
  return Value::list(hcl::Type::number(), std::move(elements));
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

/// Values of the types that have no literal.
Value typed() {
  const hcl::Type string = hcl::Type::string();
  const auto text = [](std::string_view value) { return Value::string(value); };
  const auto service = [&](std::string_view name) {
    return Value::object(
        {{"name", text(name)}, {"ports", Value::list(hcl::Type::number(), {number(80)})}});
  };
  const hcl::Type object = service("").type();
  return Value::object({
      {"empty", Value::list(object, {})},
      {"list", Value::list(string, {text("a"), text("b"), Value::null(string)})},
      {"map", Value::map(string, {{"a", text("x")}, {"b", text("y")}})},
      {"no_list", Value::null(hcl::Type::list(string))},
      {"no_map", Value::null(hcl::Type::map(string))},
      {"no_string", Value::null(string)},
      {"services", Value::list(object, {service("web"), service("db")})},
      {"set", Value::set(string, {text("b"), text("a"), text("b")})},
      {"set_of_services", Value::set(object, {service("web"), service("db")})},
  });
}

hcl::Scope make_scope() {
  const hcl::Parameter any{.name = "value", .type = {}, .takes_null = true};
  const hcl::Type string = hcl::Type::string();
  static const hcl::Functions functions = {
      {"env", Function{.parameters = {any, any}, .optional_parameters = 1, .call = env}},
      {"count", Function{.rest = any, .call = count}},
      {"at_least_one", Function{.parameters = {any}, .rest = any, .call = count}},
      {"pair", Function{.parameters = {any, any}, .call = count}},
      {"several",
       Function{.parameters = {any, any, any, any}, .optional_parameters = 2, .call = count}},
      {"fail", Function{.call = fail}},
      {"join", Function{.parameters = {{"separator", string}, {"list", hcl::Type::list(string)}},
                        .call = join}},
      {"add_one", Function{.parameters = {{"number", hcl::Type::number()}}, .call = add_one}},
      {"attempt", Function{.rest = any, .call = attempt}},
      {"type", Function{.parameters = {any}, .call = type}},
      {"same", Function{.parameters = {{"a", {}}, {"b", {}}}, .call = same}},
      {"mark", Function{.parameters = {any}, .handles_marks = true, .call = mark}},
      {"unmark", Function{.parameters = {any}, .handles_marks = true, .call = unmark}},
      {"count_up", Function{.parameters = {{"end", hcl::Type::number()}}, .call = count_up}},
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
  scope.set("typed", typed());
  scope.set(
      "secret",
      Value::object({{"list", Value::tuple({number(7), number(8)}).marked_sensitive()},
                     {"map", Value::map(string, {{"user", Value::string("x")}}).marked_sensitive()},
                     {"parts", Value::tuple({number(1), number(7).marked_sensitive()})},
                     {"name", Value::string("hunter").marked_sensitive()},
                     {"number", number(7).marked_sensitive()},
                     {"flag", Value::boolean(true).marked_sensitive()}}));
  scope.set("deep", deep());
  scope.set("big", Value::tuple(hcl::Elements(1000, number(1))));
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

namespace {

std::string reported_within(hcl::Budget::Amount limits, bool is_shared, std::string_view file) {
  const Parsed parsed{std::string(file)};
  diagnostic::Diagnostics diagnostics = parsed.result.diagnostics;
  hcl::Budget shared(limits);
  for (const hcl::Attribute& attribute : parsed.result.file.body.attributes) {
    hcl::Budget own(limits);
    static_cast<void>(hcl::evaluate(*attribute.value, scope(), parsed.source,
                                    is_shared ? shared : own, diagnostics));
  }
  return support::render_with_kinds(diagnostics);
}

}  // namespace

void check(const std::vector<Row>& rows, support::SourceLocation where) {
  const testing::ScopedTrace trace(where.file_name(), where.line(), "");
  for (const Row& row : rows) {
    EXPECT_EQ(evaluated(row.expression), row.expected) << row.expression;
  }
}

std::string reported(std::string_view file) {
  return reported_within({.steps = 50'000, .size = hcl::Budget::usual.size}, false, file);
}

std::string reported_together(std::string_view file) {
  return reported_within({.steps = 50'000, .size = 20'000'000}, true, file);
}

}  // namespace evaluating
