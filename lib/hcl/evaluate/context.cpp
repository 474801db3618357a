#include "hcl/evaluate/context.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "text/distance.h"
#include "text/quote.h"

namespace hcl::evaluation {
namespace {

constexpr std::size_t max_quoted_code = 50;
constexpr std::size_t max_quoted_value = 50;
constexpr std::size_t max_listed_names = 8;

}  // namespace

Context Context::reporting_to(diagnostic::Diagnostics& diagnostics) const {
  Context context = *this;
  context.diagnostics_ = &diagnostics;
  return context;
}

Context Context::with_bindings(const Binding& bindings) const {
  Context context = *this;
  context.bindings_ = &bindings;
  return context;
}

const Value* Context::find_variable(std::string_view name) const {
  for (const Binding* binding = bindings_; binding != nullptr; binding = binding->outer) {
    if (binding->name == name) {
      return binding->value;
    }
  }
  return scope_->find(name);
}

std::vector<std::string_view> Context::variable_names() const {
  std::vector<std::string_view> names = scope_->variable_names();
  for (const Binding* binding = bindings_; binding != nullptr; binding = binding->outer) {
    names.push_back(binding->name);
  }
  return names;
}

Value Context::report(Kind kind, Range range, std::string summary, std::string detail,
                      std::vector<diagnostic::Note> notes) {
  if (!budget_->is_spent()) {
    diagnostics_->push_back({.kind = name(kind),
                             .summary = std::move(summary),
                             .detail = std::move(detail),
                             .file = source_,
                             .range = range,
                             .notes = std::move(notes)});
  }
  return Value::unknown();
}

void Context::adopt(diagnostic::Diagnostics diagnostics) {
  std::move(diagnostics.begin(), diagnostics.end(), std::back_inserter(*diagnostics_));
}

Value Context::limited(Value value, Range range) {
  return value.depth() > max_value_depth || value.size() > max_value_size ? report_too_large(range)
                                                                          : std::move(value);
}

Value Context::report_too_large(Range range) {
  constexpr std::uint64_t million = 1'000'000;
  return report(
      Kind::value_too_large, range, "this value is too large",
      fmt::format("a value has at most {} levels, {} million parts and {} MB of text",
                  max_value_depth, max_value_size / part_size / million, max_value_size / million));
}

std::optional<std::string> Context::short_code(Range range) const {
  const std::string_view text = source_->text(range);
  if (text.size() > max_quoted_code || text.find('\n') != std::string_view::npos) {
    return std::nullopt;
  }
  return text::neutralised(text);
}

std::string Context::code(Range range) const {
  return short_code(range).value_or("this value");
}

std::string Context::describe(Range range, const Value& value) const {
  const std::optional<std::string> text = short_code(range);
  if (!text) {
    return fmt::format("this value is {}", with_type(value));
  }
  const bool is_literal = *text == to_hcl(value);
  if (!is_literal) {
    return fmt::format("`{}` is {}", *text, with_type(value));
  }
  return value.is_null() ? "this is null"
                         : fmt::format("{} is {}", *text, text::with_article(value.type().name()));
}

std::string with_type(const Value& value) {
  if (value.is_unknown()) {
    return text::with_article(value.type().name());
  }
  const std::string text = to_hcl(value, max_quoted_value);
  return value.is_null() ? text
                         : fmt::format("{}, {}", text, text::with_article(value.type().name()));
}

std::string suggestion(std::string_view wanted, std::string_view what,
                       std::span<const std::string_view> known) {
  if (const std::optional<std::string_view> nearest = text::nearest(wanted, known)) {
    return fmt::format("did you mean {}?", text::quoted(*nearest));
  }
  if (known.empty()) {
    return fmt::format("there are no {} here", what);
  }
  std::string list;
  for (const std::string_view name : known.first(std::min(known.size(), max_listed_names))) {
    list += (list.empty() ? "" : ", ") + text::quoted(name);
  }
  return fmt::format("known {}: {}{}", what, list, known.size() > max_listed_names ? ", …" : "");
}

}  // namespace hcl::evaluation
