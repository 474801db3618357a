// format, formatlist.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/format_string.h"
#include "hcl/functions/infinity.h"
#include "hcl/functions/size_limit.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/convert.h"
#include "hcl/value/json.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

/// The text of one value; an error is what would fit.
using Formatted = tl::expected<std::string, std::string_view>;

/// Fills up to the width, counted in characters as a person sees them.
std::string padded(const std::string& text, const FormatFlags& flags) {
  const std::size_t width = flags.width.value_or(0);
  const std::size_t missing = width - std::min(width, text::count_graphemes(text));
  if (missing == 0) {
    return text;
  }
  const std::string padding(missing, flags.pads_with_zeros ? '0' : ' ');
  return flags.left ? text + padding : padding + text;
}

Formatted format_any(const Value& value, const FormatPart& part) {
  if (!part.flags.alternate) {
    if (const std::string* text = value.as_string()) {
      return padded(*text, part.flags);
    }
    if (const Number* number = value.as_number()) {
      return padded(shortest_text(*number), part.flags);
    }
  }
  if (holds_infinity(value)) {
    return tl::unexpected(std::string_view("a value without infinities"));
  }
  return padded(to_json(value, JsonEscapes::html), part.flags);
}

/// At most as many characters as the precision allows; none means no limit, and so does 0.
std::string_view cut(std::string_view text, const FormatFlags& flags) {
  const std::size_t limit = flags.precision.value_or(0);
  std::size_t length = limit == 0 ? text.size() : 0;
  for (std::size_t i = 0; i < limit && length < text.size(); ++i) {
    length += text::grapheme_length(text.substr(length));
  }
  return text.substr(0, length);
}

Formatted format_string(const Value& value, const FormatPart& part) {
  const std::optional<Value> text = to_string(value);
  if (!text) {
    return tl::unexpected(std::string_view("a string"));
  }
  const std::string shown(cut(string_of(*text), part.flags));
  return padded(part.letter() == 'q' ? to_json(Value::string(shown), JsonEscapes::html) : shown,
                part.flags);
}

Formatted format_number(const Value& value, const FormatPart& part) {
  const std::optional<Value> number = to_number(value);
  if (!number) {
    return tl::unexpected(std::string_view("a number"));
  }
  constexpr std::string_view whole_verbs = "bdoxX";
  if (whole_verbs.find(part.letter()) == std::string_view::npos) {
    return format_fraction(number_of(*number), part.letter(), part.flags);
  }
  if (!number_of(*number).is_integer()) {
    return tl::unexpected(std::string_view("a whole number"));
  }
  return format_whole(number_of(*number), part.letter(), part.flags);
}

Formatted format_bool(const Value& value) {
  const std::optional<Value> flag = to_bool(value);
  if (!flag) {
    return tl::unexpected(std::string_view("a bool"));
  }
  return bool_of(*flag) ? "true" : "false";
}

Formatted format_value(const Value& value, const FormatPart& part) {
  switch (part.letter()) {
    case 'v':
      return format_any(value, part);
    case 's':
    case 'q':
      return value.is_null() ? tl::unexpected(std::string_view("a string"))
                             : format_string(value, part);
    case 't':
      return value.is_null() ? tl::unexpected(std::string_view("a bool")) : format_bool(value);
    default:
      return value.is_null() ? tl::unexpected(std::string_view("a number"))
                             : format_number(value, part);
  }
}

using Parts = std::vector<FormatPart>;

/// Parses the format string of a call and checks that it uses the values behind it, all of them.
tl::expected<Parts, FunctionError> parsed(Arguments arguments) {
  auto parts = parse_format(string_of(arguments[0]));
  if (!parts) {
    const auto& [verb, why] = parts.error();
    return fail(0, fmt::format("{}: {}", shown(arguments[0], text::quoted(verb)), why));
  }
  const std::size_t given = arguments.size() - 1;
  std::size_t used = 0;
  for (const FormatPart& part : *parts) {
    if (part.verb.empty()) {
      continue;
    }
    if (part.value >= given) {
      return fail(0, fmt::format("{} shows value {}, and {} given",
                                 shown(arguments[0], text::quoted(part.verb)), part.value + 1,
                                 given == 1 ? "only 1 is" : fmt::format("{} are", given)));
    }
    used = std::max(used, part.value + 1);
  }
  if (used < given) {
    return fail(used + 1, "the format string shows no such value");
  }
  return std::move(*parts);
}

/// Whoever formats several texts gives them one limit.
FunctionResult format_all(const Parts& parts, const Value& origin, std::span<const Value> values,
                          SizeLimit& limit) {
  std::string result;
  for (const FormatPart& part : parts) {
    result += part.literal;
    std::size_t added = part.literal.size();
    if (!part.verb.empty()) {
      const Value& value = values[part.value];
      const Formatted text = format_value(value, part);
      if (!text) {
        return fail(part.value + 1,
                    fmt::format("{} needs {}, not {}", shown(origin, text::quoted(part.verb)),
                                text.error(), value.described_type()));
      }
      result += *text;
      added += text->size();
    }
    if (!limit.take(added)) {
      return too_large();
    }
  }
  return Value::string(result);
}

FunctionResult call_format(Arguments arguments) {
  const auto parts = parsed(arguments);
  if (!parts) {
    return tl::unexpected(parts.error());
  }
  SizeLimit limit;
  return format_all(*parts, arguments[0], arguments.subspan(1), limit);
}

/// How many texts a call of formatlist makes: as many as its lists are long.
tl::expected<std::size_t, FunctionError> count_rows(Arguments arguments) {
  const auto shown_size = [](const Value& list) {
    return shown(list, std::to_string(elements_of(list).size()));
  };
  const Value* before = nullptr;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i].as_elements() == nullptr) {
      continue;
    }
    if (before != nullptr && elements_of(*before).size() != elements_of(arguments[i]).size()) {
      return fail(i, fmt::format("all lists must have the same length: this one has {}, the one "
                                 "before it {}",
                                 shown_size(arguments[i]), shown_size(*before)));
    }
    before = &arguments[i];
  }
  return before == nullptr ? 1 : elements_of(*before).size();
}

FunctionResult call_formatlist(Arguments arguments) {
  const auto rows = count_rows(arguments);
  if (!rows) {
    return tl::unexpected(rows.error());
  }
  if (*rows == 0) {
    // There is nothing to show, whatever the format string asks for.
    return Value::list(Type::string(), {});
  }
  const auto parts = parsed(arguments);
  if (!parts) {
    return tl::unexpected(parts.error());
  }
  SizeLimit limit;
  Elements texts;
  for (std::size_t row = 0; row < *rows; ++row) {
    std::vector<Value> values;
    for (const Value& argument : arguments.subspan(1)) {
      const Elements* elements = argument.as_elements();
      values.push_back(elements != nullptr ? (*elements)[row] : argument);
    }
    FunctionResult text = format_all(*parts, arguments[0], values, limit);
    if (!text) {
      return text;
    }
    texts.push_back(std::move(*text));
  }
  return Value::list(Type::string(), std::move(texts));
}

}  // namespace

Functions format_functions() {
  const Parameter format{"format", Type::string()};
  const Parameter value{"value", {}, true};
  return {
      {"format", {.parameters = {format}, .rest = value, .call = call_format}},
      {"formatlist", {.parameters = {format}, .rest = value, .call = call_formatlist}},
  };
}

}  // namespace hcl::functions
