// can, nonsensitive, sensitive, tobool, tolist, tomap, tonumber, toset, tostring, try, type.
#include <fmt/format.h>

#include "hcl/functions/call.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"

namespace hcl::functions {
namespace {

using Attempts = std::span<const Attempt>;

FunctionResult call_try(Attempts attempts) {
  std::string failures;
  for (const Attempt& attempt : attempts) {
    if (!attempt.failure) {
      return attempt.value;
    }
    failures += (failures.empty() ? "" : "; ") + *attempt.failure;
  }
  return fail(fmt::format("no argument has a value: {}", failures));
}

FunctionResult call_can(Attempts attempts) {
  const Attempt& attempt = attempts.front();
  return attempt.value.is_unknown() && !attempt.failure ? Value::unknown(Type::boolean())
                                                        : Value::boolean(!attempt.failure);
}

FunctionResult call_sensitive(Arguments arguments) {
  return arguments[0].marked_sensitive();
}

FunctionResult call_nonsensitive(Arguments arguments) {
  return arguments[0].marked_sensitive(false);
}

/// A function that converts its argument to `type`.
Function conversion(const Type& type) {
  return {
      .parameters = {{"value", {}, true}}, .call = [type](Arguments arguments) -> FunctionResult {
        auto converted = convert(arguments[0], type);
        if (converted) {
          return std::move(*converted);
        }
        const ConversionError& error = converted.error();
        return fail(0, error.path.empty() ? error.message
                                          : fmt::format("at {}: {}", error.path, error.message));
      }};
}

/// Writes a type as Terraform's console shows it: what has parts of its own on several lines.
class TypeWriter {
 public:
  [[nodiscard]] std::string write(const Type& type) {
    if (type.is(TypeKind::tuple)) {
      return write_tuple(type);
    }
    if (type.is(TypeKind::object)) {
      return write_object(type);
    }
    if (!type.is_collection()) {
      return type.is(TypeKind::any) ? "dynamic" : type.constraint();
    }
    const std::string_view name = type.is(TypeKind::list)  ? "list"
                                  : type.is(TypeKind::set) ? "set"
                                                           : "map";
    const bool is_long = type.element().is(TypeKind::tuple) || type.element().is(TypeKind::object);
    return is_long ? fmt::format("{}({})", name, on_lines(part("", type.element())))
                   : fmt::format("{}({})", name, write(type.element()));
  }

 private:
  std::string write_tuple(const Type& type) {
    std::string parts;
    for (const Type& element : type.elements()) {
      parts += part("", element);
    }
    return fmt::format("tuple([{}])", on_lines(parts));
  }

  std::string write_object(const Type& type) {
    std::string parts;
    for (const auto& [name, attribute] : type.attributes()) {
      parts += part(name + ": ", attribute.type);
    }
    return fmt::format("object({{{}}})", on_lines(parts));
  }

  /// A line, or as many as the type needs.
  std::string part(const std::string& label, const Type& type) {
    ++depth_;
    std::string text = indentation() + label + write(type) + ",\n";
    --depth_;
    return text;
  }

  [[nodiscard]] std::string on_lines(const std::string& parts) const {
    return parts.empty() ? "" : "\n" + parts + indentation();
  }

  [[nodiscard]] std::string indentation() const { return std::string(depth_ * 4, ' '); }

  std::size_t depth_ = 0;
};

FunctionResult call_type(Arguments arguments) {
  return Value::string(TypeWriter().write(arguments[0].type()));
}

}  // namespace

Functions type_functions() {
  const Parameter value{"value", {}, true};
  return {
      {"can", {.parameters = {value}, .call = call_can}},
      {"nonsensitive", {.parameters = {value}, .handles_marks = true, .call = call_nonsensitive}},
      {"sensitive", {.parameters = {value}, .handles_marks = true, .call = call_sensitive}},
      {"tobool", conversion(Type::boolean())},
      {"tolist", conversion(Type::list(Type::any()))},
      {"tomap", conversion(Type::map(Type::any()))},
      {"tonumber", conversion(Type::number())},
      {"toset", conversion(Type::set(Type::any()))},
      {"tostring", conversion(Type::string())},
      {"try", {.parameters = {value}, .rest = value, .call = call_try}},
      {"type", {.parameters = {value}, .call = call_type}},
  };
}

}  // namespace hcl::functions
