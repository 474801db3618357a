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

Value Context::report(Kind kind, Range range, std::string summary, std::string detail) {
  diagnostics_->push_back({.kind = name(kind),
                           .summary = std::move(summary),
                           .detail = std::move(detail),
                           .file = source_,
                           .range = range,
                           .notes = {}});
  return Value::unknown();
}

void Context::adopt(diagnostic::Diagnostics diagnostics) {
  std::move(diagnostics.begin(), diagnostics.end(), std::back_inserter(*diagnostics_));
}

Value Context::report_unsupported(Range range, std::string_view what, std::string detail) {
  return report(Kind::not_supported_yet, range, fmt::format("{} not supported yet", what),
                std::move(detail));
}

Value Context::limited(Value value, Range range) {
  return value.depth() > max_depth || value.size() > max_size ? report_too_large(range)
                                                              : std::move(value);
}

Value Context::report_too_large(Range range) {
  return report(
      Kind::value_too_large, range, "this value is too large",
      fmt::format("a value has at most {} levels and {} parts and bytes", max_depth, max_size));
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
