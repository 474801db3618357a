#include "hcl/evaluate/type_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "hcl/evaluate/context.h"
#include "hcl/evaluate/nodes.h"
#include "text/distance.h"
#include "text/quote.h"

namespace hcl {
namespace {

using evaluation::Kind;

constexpr std::array<std::string_view, 9> type_names = {"any", "bool", "number", "string", "list",
                                                        "set", "map",  "tuple",  "object"};

/// The name of a primitive type, or `any`, as a type.
std::optional<Type> simple_type(std::string_view name) {
  if (name == "string") {
    return Type::string();
  }
  if (name == "number") {
    return Type::number();
  }
  if (name == "bool") {
    return Type::boolean();
  }
  return name == "any" ? std::optional(Type::any()) : std::nullopt;
}

/// How a type that takes an argument is written.
std::string_view form_of(std::string_view name) {
  return name == "list"    ? "list(string), or list(any) for elements of any one type"
         : name == "set"   ? "set(string), or set(any) for elements of any one type"
         : name == "map"   ? "map(string), or map(any) for elements of any one type"
         : name == "tuple" ? "tuple([string, number])"
                           : "object({ name = string })";
}

bool is_collection(std::string_view name) {
  return name == "list" || name == "set" || name == "map";
}

class Reader {
 public:
  explicit Reader(evaluation::Context& context) : context_(context) {}

  TypeConstraint read(const Expression& expression) {
    if (const auto* name = std::get_if<Traversal>(&expression.node); name && name->steps.empty()) {
      return read_name(name->root.text, expression.range);
    }
    if (const auto* call = get_if<FunctionCall>(expression)) {
      return read_call(*call, expression.range);
    }
    if (!std::holds_alternative<InvalidExpression>(expression.node)) {
      report(Kind::invalid_type, expression.range,
             fmt::format("{} is not a type", context_.code(expression.range)),
             quoted_type(expression));
    }
    return {};
  }

 private:
  void report(Kind kind, Range range, std::string summary, std::string detail) {
    context_.report(kind, range, std::move(summary), std::move(detail));
  }

  /// What to write instead of an expression that is no type.
  static std::string quoted_type(const Expression& expression) {
    const auto text = constant_text(expression);
    return text ? fmt::format("a type is not quoted; write {}", *text)
                : "a type is a name, as in string, or has one argument, as in "
                  "list(string)";
  }

  TypeConstraint read_name(std::string_view name, Range range) {
    if (const std::optional<Type> type = simple_type(name)) {
      return {.type = *type, .defaults = {}};
    }
    if (std::find(type_names.begin(), type_names.end(), name) == type_names.end()) {
      report_unknown(name, range);
    } else {
      report(Kind::invalid_type, range, fmt::format("{} needs an argument", text::quoted(name)),
             fmt::format("write {}", form_of(name)));
    }
    return {};
  }

  void report_unknown(std::string_view name, Range range) {
    if (name == "optional") {
      report(Kind::invalid_type, range, "\"optional\" outside of an object",
             "only an attribute is optional, as in object({ name = optional(string) })");
      return;
    }
    const auto nearest = text::nearest(name, std::span<const std::string_view>(type_names));
    report(Kind::unknown_type, range, fmt::format("unknown type {}", text::quoted(name)),
           nearest ? fmt::format("did you mean {}?", text::quoted(*nearest))
                   : "the types are any, bool, number, string, list(T), set(T), map(T), "
                     "tuple([T, U]) and object({ name = T })");
  }

  TypeConstraint read_call(const FunctionCall& call, Range range) {
    const std::string_view name = call.name.text;
    if (simple_type(name)) {
      report(Kind::invalid_type, {call.name.range.end, range.end},
             fmt::format("{} takes no argument", name), fmt::format("write {} alone", name));
      return {};
    }
    if (std::find(type_names.begin(), type_names.end(), name) == type_names.end()) {
      report_unknown(name, call.name.range);
      return {};
    }
    if (call.arguments.size() != 1) {
      const bool has_none = call.arguments.empty();
      report(Kind::invalid_type,
             has_none ? Range{call.name.range.end, range.end}
                      : join(call.arguments[1]->range, call.arguments.back()->range),
             fmt::format("{} takes one argument, not {}", name, call.arguments.size()),
             fmt::format("write {}", form_of(name)));
      return {};
    }
    const Expression& argument = *call.arguments[0];
    return is_collection(name) ? read_collection(name, argument)
           : name == "tuple"   ? read_tuple(argument)
                               : read_object(argument);
  }

  TypeConstraint read_collection(std::string_view name, const Expression& argument) {
    TypeConstraint element = read(argument);
    TypeConstraint result{.type = name == "list"  ? Type::list(element.type)
                                  : name == "set" ? Type::set(element.type)
                                                  : Type::map(element.type),
                          .defaults = {}};
    add_part(result.defaults, "", std::move(element.defaults));
    return result;
  }

  TypeConstraint read_tuple(const Expression& argument) {
    const auto* node = std::get_if<Tuple>(&argument.node);
    if (node == nullptr) {
      return report_argument("tuple", argument);
    }
    Defaults defaults;
    std::vector<Type> types;
    for (const Expression* element : node->elements) {
      TypeConstraint read_element = read(*element);
      add_part(defaults, std::to_string(types.size()), std::move(read_element.defaults));
      types.push_back(std::move(read_element.type));
    }
    return {.type = Type::tuple(std::move(types)), .defaults = std::move(defaults)};
  }

  TypeConstraint report_argument(std::string_view name, const Expression& argument) {
    if (!std::holds_alternative<InvalidExpression>(argument.node)) {
      report(Kind::invalid_type, argument.range,
             name == "tuple" ? "a tuple type needs its types in brackets"
                             : "an object type needs its attributes in braces",
             fmt::format("write {}", form_of(name)));
    }
    return {};
  }

  TypeConstraint read_object(const Expression& argument) {
    const auto* node = std::get_if<Object>(&argument.node);
    if (node == nullptr) {
      return report_argument("object", argument);
    }
    Type::Attributes attributes;
    Defaults defaults;
    for (const ObjectItem& item : node->items) {
      const auto* key = std::get_if<Traversal>(&item.key->node);
      if (key == nullptr || !key->steps.empty()) {
        report(Kind::invalid_type, item.key->range,
               fmt::format("{} is not a name", context_.code(item.key->range)),
               "the attributes of an object type have plain names, without quotes");
        continue;
      }
      read_attribute(*Value::string(key->root.text).as_string(), *item.value, attributes, defaults);
    }
    return {.type = Type::object(std::move(attributes)), .defaults = std::move(defaults)};
  }

  void read_attribute(const std::string& name, const Expression& expression,
                      Type::Attributes& attributes, Defaults& defaults) {
    const auto* call = get_if<FunctionCall>(expression);
    const bool is_optional = call != nullptr && call->name.text == "optional";
    if (is_optional && (call->arguments.empty() || call->arguments.size() > 2)) {
      report(Kind::invalid_type, {call->name.range.end, expression.range.end},
             fmt::format("optional takes a type and a default, not {}",
                         text::counted(call->arguments.size(), "argument")),
             "write optional(string) or optional(string, \"a\")");
      return;
    }
    TypeConstraint attribute = read(is_optional ? *call->arguments[0] : expression);
    if (is_optional && call->arguments.size() == 2) {
      if (std::optional<Value> value = read_default(*call->arguments[1], name, attribute)) {
        defaults.values.insert_or_assign(name, std::move(*value));
      }
    }
    add_part(defaults, name, std::move(attribute.defaults));
    attributes.insert_or_assign(
        name, Type::Attribute{.type = std::move(attribute.type), .is_optional = is_optional});
  }

  /// Neither variables nor functions are there for a default.
  std::optional<Value> read_default(const Expression& expression, std::string_view name,
                                    const TypeConstraint& constraint) {
    const Value value = evaluate_node(context_, expression);
    tl::expected<Value, ConversionError> converted = convert(value, constraint);
    if (converted) {
      return std::move(*converted);
    }
    const ConversionError& error = converted.error();
    report(Kind::invalid_default, expression.range, context_.describe(expression.range, value),
           fmt::format("the default of {} does not fit its type{}{}: {}", text::quoted(name),
                       error.path.empty() ? "" : "; at ", error.path, error.message));
    return std::nullopt;
  }

  static void add_part(Defaults& defaults, std::string name, Defaults part) {
    if (!part.empty()) {
      defaults.parts.push_back({.name = std::move(name), .defaults = std::move(part)});
    }
  }

  evaluation::Context& context_;
};

}  // namespace

TypeConstraint read_type(const Expression& expression, const diagnostic::SourceFile& source,
                         diagnostic::Diagnostics& diagnostics) {
  const Functions no_functions;
  const Scope scope(no_functions);
  Budget budget;
  evaluation::Context context(scope, source, budget, diagnostics);
  return Reader(context).read(expression);
}

}  // namespace hcl
