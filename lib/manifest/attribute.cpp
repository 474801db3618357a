#include "manifest/attribute.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <variant>

#include "hcl/syntax/tree.h"
#include "hcl/value/convert.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"
#include "manifest/manifest.h"
#include "manifest/rules.h"
#include "text/distance.h"
#include "text/duration.h"
#include "text/quote.h"
#include "text/url.h"

namespace manifest {
namespace {

using EvaluateExpression = std::function<hcl::Value(const hcl::Expression&)>;

/// No url holds it.
constexpr char placeholder = '\x01';

/// The url with a placeholder for each part that is made of sensitive values.
std::optional<std::string> with_placeholders(const hcl::Template& node,
                                             const EvaluateExpression& evaluate) {
  std::string url;
  for (const hcl::TemplatePart& part : node.parts) {
    // A part is evaluated as a template of its own.
    const hcl::Expression alone = {
        .range = part.range,
        .node = hcl::Template{.parts = {&part, 1}, .is_heredoc = node.is_heredoc}};
    const hcl::Value value = evaluate(alone);
    if (value.holds_sensitive()) {
      url += placeholder;
      continue;
    }
    const std::optional<hcl::Value> text = hcl::to_string(value);
    if (!text || text->as_string() == nullptr) {
      return std::nullopt;
    }
    url += *text->as_string();
  }
  return url;
}

/// Whether nothing but the password of `url`, which `expression` gave, is made of sensitive values.
/// Only a string that stands there itself can tell; of what comes from elsewhere, all may be.
bool is_only_password_sensitive(std::string_view url, const hcl::Expression& expression,
                                const EvaluateExpression& evaluate) {
  const auto* node = std::get_if<hcl::Template>(&expression.node);
  if (node == nullptr) {
    return false;
  }
  const std::optional<std::string> marked = with_placeholders(*node, evaluate);
  if (!marked) {
    return false;
  }
  // What is shown of both must be the same: a password may also hold what ends it.
  const std::string shown = text::mask_url(*marked);
  return shown.find(placeholder) == std::string::npos && shown == text::mask_url(url);
}

/// The text of a key that is written out, or nothing where it has to be evaluated.
std::optional<std::string_view> literal_key(const hcl::Expression& key) {
  if (const auto* traversal = std::get_if<hcl::Traversal>(&key.node)) {
    return traversal->root.text;
  }
  const auto* string = std::get_if<hcl::Template>(&key.node);
  if (string != nullptr && string->parts.empty()) {
    return "";
  }
  return hcl::constant_text(key);
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

/// The element of a list that is written out, or else the whole.
const hcl::Expression& element_of(const hcl::Expression& list, std::size_t index) {
  const auto* tuple = std::get_if<hcl::Tuple>(&list.node);
  return tuple != nullptr && index < tuple->elements.size() ? *tuple->elements[index] : list;
}

/// The whole number from `least` to `most` that `value` is, or nothing.
std::optional<int> number_within(const hcl::Value& value, int least, int most) {
  const std::optional<hcl::Value> converted = hcl::to_number(value);
  const hcl::Number* number = converted ? converted->as_number() : nullptr;
  const auto whole = number != nullptr ? number->to_int64() : std::nullopt;
  return whole && *whole >= least && *whole <= most ? std::optional(static_cast<int>(*whole))
                                                    : std::nullopt;
}

/// `path` from `base`, lexically normal and without a slash at its end.
std::filesystem::path resolved(const std::filesystem::path& base, const std::string& path) {
  std::filesystem::path normal = (base / path).lexically_normal();
  return normal.has_filename() || !normal.has_relative_path() ? normal : normal.parent_path();
}

/// What a shell would put a variable of the environment in place of: "~" or "$NAME".
struct ShellWord {
  std::string text;
  std::string variable;
};

std::optional<ShellWord> find_shell_word(std::string_view path) {
  if (path.starts_with('~')) {
    return ShellWord{.text = "~", .variable = "HOME"};
  }
  constexpr std::string_view in_names =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
  for (std::size_t at = path.find('$'); at != std::string_view::npos; at = path.find('$', at + 1)) {
    const std::string_view rest = path.substr(at + 1);
    const std::string name(rest.substr(0, rest.find_first_not_of(in_names)));
    if (!name.empty() && (name.front() < '0' || name.front() > '9')) {
      return ShellWord{.text = "$" + name, .variable = name};
    }
  }
  return std::nullopt;
}

std::optional<std::string> duration_problem(std::string_view text) {
  if (text::parse_duration(text)) {
    return std::nullopt;
  }
  const bool is_bare_number =
      !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_bare_number
             ? fmt::format("a duration needs a unit: \"{}s\" for seconds", text)
             : "a duration looks like \"90s\", \"5m\", \"1h30m\" or \"250ms\", up to \"10000h\"";
}

}  // namespace

/// The value of an attribute, or of a part of it; it is known.
struct AttributeReader::Known {
  const hcl::Expression& expression;
  hcl::Value value;
};

diagnostic::Diagnostic& AttributeReader::add(Kind kind, diagnostic::Range range,
                                             std::string summary, std::string detail) const {
  return report(context_.diagnostics, kind, {&document_.file(), range}, std::move(summary),
                std::move(detail));
}

diagnostic::Range AttributeReader::range_of(std::string_view name) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  return attribute == nullptr ? block_.header : attribute->value->range;
}

hcl::Value AttributeReader::evaluate(const hcl::Expression& expression,
                                     diagnostic::Diagnostics& diagnostics) const {
  return context_.evaluator.evaluate(expression, *document_.source, diagnostics, context_.each);
}

hcl::Value AttributeReader::evaluate(const hcl::Attribute& attribute) const {
  hcl::Value value = evaluate(*attribute.value, context_.diagnostics);
  if (!value.holds_sensitive()) {
    return value;
  }
  add_sensitive(attribute,
                "it is shown in reports; only env and the password of a url may hold what is "
                "sensitive");
  return hcl::Value::unknown();
}

void AttributeReader::add_sensitive(const hcl::Attribute& attribute, std::string detail) const {
  add(Kind::sensitive_attribute, attribute.value->range,
      fmt::format("{} is made of a sensitive value", attribute.name.text), std::move(detail));
}

std::optional<AttributeReader::Known> AttributeReader::find(std::string_view name,
                                                            bool may_be_sensitive) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::nullopt;
  }
  hcl::Value value =
      may_be_sensitive ? evaluate(*attribute->value, context_.diagnostics) : evaluate(*attribute);
  return value.is_null() || value.is_unknown()
             ? std::nullopt
             : std::optional(Known{*attribute->value, std::move(value)});
}

std::vector<AttributeReader::Known> AttributeReader::elements(std::string_view name,
                                                              const std::optional<Known>& list,
                                                              std::string_view wanted,
                                                              std::string_view example) const {
  std::vector<Known> known;
  const hcl::Elements* elements = list ? list->value.as_elements() : nullptr;
  if (list && elements == nullptr) {
    add_wrong_type(name, *list, wanted, example);
  }
  for (std::size_t i = 0; elements != nullptr && i < elements->size(); ++i) {
    if (!(*elements)[i].is_unknown()) {
      known.push_back({element_of(list->expression, i), (*elements)[i]});
    }
  }
  return known;
}

void AttributeReader::add_wrong_type(std::string_view name, const Known& found,
                                     std::string_view wanted, std::string_view example) const {
  const hcl::Value& value = found.value;
  add(Kind::wrong_type, found.expression.range, fmt::format("{} must be {}", name, wanted),
      fmt::format("this is {}{}{}", value.described_type(), example.empty() ? "" : "; write ",
                  example));
}

std::optional<std::string> AttributeReader::checked_text(std::string_view name, const Known& found,
                                                         const TextRule& rule) const {
  const std::optional<hcl::Value> converted = hcl::to_string(found.value);
  if (!converted) {
    add_wrong_type(name, found, "a string");
    return std::nullopt;
  }
  const std::string& text = *converted->as_string();
  if (auto problem = rule.problem(text)) {
    add(rule.kind, found.expression.range,
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
  const hcl::Value value = attribute == nullptr ? hcl::Value() : evaluate(*attribute);
  return value.is_null() ? std::string(fallback) : present_text(*attribute, value, rule);
}

std::optional<std::string> AttributeReader::required_text(std::string_view name,
                                                          const TextRule& rule) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::nullopt;
  }
  return present_text(*attribute, evaluate(*attribute), rule);
}

std::optional<std::filesystem::path> AttributeReader::path(std::string_view name,
                                                           const std::string& text, Kind kind,
                                                           std::string_view noun) const {
  std::filesystem::path path = resolved(document_.source->directory, text);
  std::error_code error;
  const std::optional<ShellWord> word = find_shell_word(text);
  if (word && !std::filesystem::exists(path, error)) {
    add(kind, range_of(name), fmt::format("no {} {}", noun, text::quoted(text)),
        fmt::format("\"{}\" is not expanded; write \"${{env(\"{}\")}}/...\" or the whole path",
                    word->text, word->variable));
    return std::nullopt;
  }
  return path;
}

std::optional<int> AttributeReader::count(std::string_view name, Kind kind, int most) const {
  const std::optional<Known> found = find(name);
  if (!found) {
    return std::nullopt;
  }
  const std::optional<int> count = number_within(found->value, 0, most);
  if (!count) {
    add(kind, found->expression.range,
        fmt::format("invalid {} {}", name, hcl::to_hcl(found->value)),
        fmt::format("this is a whole number from 0 to {}", most));
  }
  return count;
}

std::optional<std::string> AttributeReader::required_url(std::string_view name,
                                                         const TextRule& rule) const {
  const hcl::Attribute* attribute = block_.body.find(name);
  if (attribute == nullptr) {
    return std::nullopt;
  }
  const hcl::Value value = evaluate(*attribute->value, context_.diagnostics);
  std::optional<std::string> url = present_text(*attribute, value, rule);
  const auto evaluate_part = [this](const hcl::Expression& part) {
    // The whole has been evaluated: there is nothing new to report.
    diagnostic::Diagnostics ignored;
    return evaluate(part, ignored);
  };
  if (url && value.holds_sensitive() &&
      !is_only_password_sensitive(*url, *attribute->value, evaluate_part)) {
    add_sensitive(*attribute,
                  "only the password of a url is never shown: write it here as "
                  "\"https://USER:${...}@HOST/...\", percent-encoded where it needs to be");
    return std::nullopt;
  }
  return url;
}

std::optional<std::string> AttributeReader::present_text(const hcl::Attribute& attribute,
                                                         const hcl::Value& value,
                                                         const TextRule& rule) const {
  if (value.is_null()) {
    add(Kind::null_value, attribute.value->range, fmt::format("{} is null", attribute.name.text),
        fmt::format("a {} block needs it", block_.type.text));
    return std::nullopt;
  }
  return value.is_unknown()
             ? std::nullopt
             : checked_text(attribute.name.text, Known{*attribute.value, value}, rule);
}

std::optional<bool> AttributeReader::boolean(std::string_view name) const {
  const std::optional<Known> found = find(name);
  const std::optional<hcl::Value> converted = found ? hcl::to_bool(found->value) : std::nullopt;
  if (found && !converted) {
    add_wrong_type(name, *found, "true or false");
  }
  return converted ? std::optional(*converted->as_bool()) : std::nullopt;
}

std::optional<std::chrono::milliseconds> AttributeReader::duration(std::string_view name) const {
  const std::optional<std::string> text = this->text(
      name, {.kind = Kind::invalid_duration, .noun = "duration", .problem = duration_problem}, "");
  return text ? text::parse_duration(*text) : std::nullopt;
}

std::vector<std::string> AttributeReader::texts(std::string_view name, const TextRule& rule,
                                                std::vector<std::string> fallback) const {
  const std::optional<Known> found = find(name);
  if (!found) {
    return fallback;
  }
  std::vector<std::string> texts;
  const std::string entry = fmt::format("each of {}", name);
  for (const Known& element : elements(name, found, "a list of strings", "[\"...\"]")) {
    if (element.value.is_null()) {
      add(Kind::null_value, element.expression.range, fmt::format("{} must be a string", entry),
          "this is null");
    } else if (auto text = checked_text(entry, element, rule)) {
      texts.push_back(*std::move(text));
    }
  }
  return texts;
}

std::vector<int> AttributeReader::statuses(std::string_view name) const {
  std::vector<int> statuses;
  for (const Known& element : elements(name, find(name), "a list of exit statuses", "[3, 75]")) {
    if (const std::optional<int> status = number_within(element.value, 1, 255)) {
      statuses.push_back(*status);
    } else {
      add(Kind::invalid_status, element.expression.range,
          fmt::format("invalid exit status {}", hcl::to_hcl(element.value)),
          "an exit status here is a whole number from 1 to 255; 0 means satisfied");
    }
  }
  return statuses;
}

std::optional<std::vector<std::string>> AttributeReader::outcomes(std::string_view name) const {
  const std::optional<Known> found = find(name);
  if (!found) {
    return std::nullopt;
  }
  const hcl::Elements* all = found->value.as_elements();
  if (all != nullptr && all->empty()) {
    add(Kind::invalid_outcome, found->expression.range, fmt::format("{} is empty", name),
        "name an outcome, or write enabled = false");
  }
  std::vector<std::string> outcomes;
  for (const Known& element : elements(name, found, "a list of outcomes", "[\"failed\"]")) {
    const std::string* outcome = element.value.as_string();
    if (outcome != nullptr && std::ranges::find(outcome_names, *outcome) != outcome_names.end()) {
      outcomes.push_back(*outcome);
      continue;
    }
    const auto near =
        outcome == nullptr ? std::nullopt : text::nearest(*outcome, std::span(outcome_names));
    add(Kind::invalid_outcome, element.expression.range,
        fmt::format("invalid outcome {}", hcl::to_hcl(element.value)),
        near ? fmt::format("did you mean \"{}\"?", *near)
             : fmt::format("the outcomes are {}", fmt::join(outcome_names, ", ")));
  }
  return outcomes;
}

bool AttributeReader::are_known() const {
  return std::ranges::all_of(block_.body.attributes, [this](const hcl::Attribute& attribute) {
    // What is wrong with it has been reported.
    diagnostic::Diagnostics ignored;
    return evaluate(*attribute.value, ignored).is_wholly_known();
  });
}

std::optional<std::string> AttributeReader::variable(std::string_view attribute,
                                                     const Known& object, const std::string& name,
                                                     const hcl::Value& value) const {
  const hcl::ObjectItem* item = find_item(object.expression, name);
  const diagnostic::Range range = (item == nullptr ? object.expression : *item->value).range;
  const auto shown = [&] {
    return object.value.is_sensitive() ? "(sensitive)" : text::quoted(name);
  };
  if (auto problem = variable_name_problem(name)) {
    add(Kind::invalid_environment, item == nullptr ? range : item->key->range,
        fmt::format("invalid name {} in {}", shown(), attribute), *std::move(problem));
    return std::nullopt;
  }
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<hcl::Value> converted = hcl::to_string(value);
  if (value.is_null() || !converted) {
    add(value.is_null() ? Kind::null_value : Kind::wrong_type, range,
        fmt::format("environment variable {} must be a string", shown()),
        value.is_null() ? "this is null; leave the entry out to inherit the variable"
                        : fmt::format("this is {}", value.described_type()));
    return std::nullopt;
  }
  if (converted->as_string()->find('\0') != std::string::npos) {
    add(Kind::invalid_environment, range,
        fmt::format("invalid value of environment variable {}", shown()),
        "an environment variable cannot hold a NUL character");
    return std::nullopt;
  }
  return *converted->as_string();
}

Labels AttributeReader::labels(std::string_view name) const {
  Labels labels;
  const std::optional<Known> found = find(name);
  if (!found) {
    return labels;
  }
  const hcl::Members* members = found->value.as_members();
  if (members == nullptr) {
    add_wrong_type(name, *found, "an object of strings", "{ role = \"web\" }");
    return labels;
  }
  for (const auto& [key, member] : *members) {
    const hcl::ObjectItem* item = find_item(found->expression, key);
    const Known label = {item == nullptr ? found->expression : *item->value, member};
    const std::optional<hcl::Value> text = hcl::to_string(member);
    if (auto problem = label_name_problem(key)) {
      add(Kind::invalid_label, item == nullptr ? found->expression.range : item->key->range,
          fmt::format("invalid label {}", text::quoted(key)), *std::move(problem));
    } else if (member.is_null() || (!member.is_unknown() && !text)) {
      add_wrong_type(fmt::format("label {}", text::quoted(key)), label, "a string");
    } else if (text && !member.is_unknown()) {
      labels.emplace(key, *text->as_string());
    }
  }
  return labels;
}

std::optional<std::size_t> AttributeReader::choice(
    std::string_view name, std::span<const std::string_view> choices) const {
  const std::optional<Known> found = find(name);
  if (!found) {
    return std::nullopt;
  }
  const std::optional<hcl::Value> converted = hcl::to_string(found->value);
  if (!converted) {
    add_wrong_type(name, *found, "a string");
    return std::nullopt;
  }
  const std::string& text = *converted->as_string();
  const auto chosen = std::ranges::find(choices, text);
  if (chosen != choices.end()) {
    return static_cast<std::size_t>(chosen - choices.begin());
  }
  std::string names;
  for (const std::string_view known : choices) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", known);
  }
  add(Kind::invalid_choice, found->expression.range,
      fmt::format("invalid {} {}", name, text::quoted(text)), "it is one of " + names);
  return std::nullopt;
}

EnvironmentVariables AttributeReader::variables(std::string_view name) const {
  EnvironmentVariables variables;
  const std::optional<Known> found = find(name, true);
  if (!found) {
    return variables;
  }
  const hcl::Members* members = found->value.as_members();
  if (members == nullptr) {
    add_wrong_type(name, *found, "an object of strings", "{ NAME = \"value\" }");
    return variables;
  }
  variables.is_sensitive = found->value.is_sensitive();
  variables.values.reserve(members->size());
  for (const auto& [key, member] : *members) {
    if (auto text = variable(name, *found, key, member)) {
      variables.values.emplace_back(key, *std::move(text));
      if (variables.is_sensitive || member.holds_sensitive()) {
        variables.sensitive.insert(key);
      }
    }
  }
  return variables;
}

}  // namespace manifest
