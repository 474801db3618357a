#include "manifest/attribute.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "hcl/value/convert.h"
#include "manifest/expression.h"
#include "manifest/rules.h"
#include "text/duration.h"
#include "text/quote.h"

namespace manifest {
namespace {

/// "a tuple", "an object".
/// The text of a key that is written out, or nothing where it has to be evaluated.
std::optional<std::string_view> literal_key(const hcl::Expression& key) {
  if (const auto* traversal = std::get_if<hcl::Traversal>(&key.node)) {
    return traversal->root.text;
  }
  const auto* string = std::get_if<hcl::Template>(&key.node);
  if (string == nullptr || string->parts.size() > 1) {
    return std::nullopt;
  }
  if (string->parts.empty()) {
    return "";
  }
  const auto* text = std::get_if<hcl::TemplateText>(&string->parts[0].part);
  return text == nullptr ? std::nullopt : std::optional(text->text);
}

/// The item of an object that is written out, or null. The last one of a name counts.
const hcl::ObjectItem* find_item(const hcl::Expression& expression, std::string_view name) {
  const auto* object = std::get_if<hcl::Object>(&expression.node);
  if (object == nullptr) {
    return nullptr;
  }
  const hcl::ObjectItem* found = nullptr;
  for (const hcl::ObjectItem& item : object->items) {
    if (literal_key(*item.key) == name) {
      found = &item;
    }
  }
  return found;
}

bool is_bare_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

hcl::Value AttributeReader::evaluate(const hcl::Attribute& attribute) const {
  return manifest::evaluate(*attribute.value, document_.file(), context_.locals, context_.functions,
                            context_.diagnostics);
}

void AttributeReader::add_wrong_type(const hcl::Attribute& attribute, std::string_view wanted,
                                     const hcl::Value& value) const {
  add(Kind::wrong_type, attribute.value->range,
      fmt::format("{} must be {}", attribute.name.text, text::with_article(wanted)),
      fmt::format("this is {}", text::with_article(value.type_name())));
}

std::optional<std::string> AttributeReader::checked_text(const hcl::Attribute& attribute,
                                                         const hcl::Value& value,
                                                         const TextRule& rule) const {
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<hcl::Value> converted = hcl::to_string(value);
  if (!converted) {
    add_wrong_type(attribute, "string", value);
    return std::nullopt;
  }
  const std::string& text = *converted->as_string();
  if (auto problem = rule.problem(text)) {
    add(rule.kind, attribute.value->range,
        rule.is_secret ? fmt::format("invalid {}", rule.noun)
                       : fmt::format("invalid {} {}", rule.noun, text::quoted(text)),
        *std::move(problem));
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> AttributeReader::text(std::string_view name, const TextRule& rule,
                                                 std::string_view fallback) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::string(fallback);
  }
  const hcl::Value value = evaluate(*attribute);
  return value.is_null() ? std::string(fallback) : checked_text(*attribute, value, rule);
}

std::optional<std::string> AttributeReader::required_text(std::string_view name,
                                                          const TextRule& rule) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::nullopt;
  }
  const hcl::Value value = evaluate(*attribute);
  if (value.is_null()) {
    add(Kind::null_value, attribute->value->range, fmt::format("{} is null", name),
        fmt::format("a {} block needs it", block_.type.text));
    return std::nullopt;
  }
  return checked_text(*attribute, value, rule);
}

std::optional<bool> AttributeReader::boolean(std::string_view name) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::nullopt;
  }
  const hcl::Value value = evaluate(*attribute);
  if (value.is_null() || value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<hcl::Value> converted = hcl::to_bool(value);
  if (!converted) {
    add(Kind::wrong_type, attribute->value->range, fmt::format("{} must be true or false", name),
        fmt::format("this is {}", text::with_article(value.type_name())));
    return std::nullopt;
  }
  return *converted->as_bool();
}

std::optional<std::chrono::milliseconds> AttributeReader::duration(std::string_view name) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::nullopt;
  }
  const hcl::Value value = evaluate(*attribute);
  if (value.is_null() || value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<hcl::Value> converted = hcl::to_string(value);
  if (!converted) {
    add_wrong_type(*attribute, "string", value);
    return std::nullopt;
  }
  const std::string& text = *converted->as_string();
  const auto parsed = text::parse_duration(text);
  if (!parsed) {
    add(Kind::invalid_duration, attribute->value->range,
        fmt::format("invalid duration {}", text::quoted(text)),
        is_bare_number(text)
            ? fmt::format("a duration needs a unit: \"{}s\" for seconds", text)
            : "a duration looks like \"90s\", \"5m\", \"1h30m\" or \"250ms\", up to \"10000h\"");
  }
  return parsed;
}

std::optional<std::string> AttributeReader::variable(const hcl::Attribute& attribute,
                                                     const std::string& name,
                                                     const hcl::Value& value) const {
  const hcl::ObjectItem* item = find_item(*attribute.value, name);
  const diagnostic::Range whole = attribute.value->range;
  if (auto problem = variable_name_problem(name)) {
    add(Kind::invalid_environment, item == nullptr ? whole : item->key->range,
        fmt::format("invalid name {} in {}", text::quoted(name), attribute.name.text),
        *std::move(problem));
    return std::nullopt;
  }
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const diagnostic::Range range = item == nullptr ? whole : item->value->range;
  const std::optional<hcl::Value> converted = hcl::to_string(value);
  if (value.is_null() || !converted) {
    add(value.is_null() ? Kind::null_value : Kind::wrong_type, range,
        fmt::format("environment variable {} must be a string", text::quoted(name)),
        value.is_null() ? "this is null; leave the entry out to inherit the variable"
                        : fmt::format("this is {}", text::with_article(value.type_name())));
    return std::nullopt;
  }
  if (converted->as_string()->find('\0') != std::string::npos) {
    add(Kind::invalid_environment, range,
        fmt::format("invalid value of environment variable {}", text::quoted(name)),
        "an environment variable cannot hold a NUL character");
    return std::nullopt;
  }
  return *converted->as_string();
}

std::vector<std::pair<std::string, std::string>> AttributeReader::variables(
    std::string_view name) const {
  std::vector<std::pair<std::string, std::string>> variables;
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return variables;
  }
  const hcl::Value value = evaluate(*attribute);
  if (value.is_null() || value.is_unknown()) {
    return variables;
  }
  const hcl::Members* members = value.as_members();
  if (members == nullptr) {
    add(Kind::wrong_type, attribute->value->range,
        fmt::format("{} must be an object of strings", name),
        fmt::format("this is {}; write {{ NAME = \"value\" }}",
                    text::with_article(value.type_name())));
    return variables;
  }
  for (const auto& [key, member] : *members) {
    if (auto text = variable(*attribute, key, member)) {
      variables.emplace_back(key, *std::move(text));
    }
  }
  return variables;
}

}  // namespace manifest
