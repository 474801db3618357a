// regex, regexall, replace. RE2 takes the same patterns as the original, and neither can be made to
// run for long by a pattern.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/size_limit.h"
#include "hcl/functions/subjects.h"
#include "hcl/functions/substitution.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

std::string_view describe(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorBadEscape:
      return "invalid escape sequence";
    case RE2::ErrorBadCharClass:
      return "invalid character class";
    case RE2::ErrorBadCharRange:
      return "invalid character class range";
    case RE2::ErrorMissingBracket:
      return "missing ]";
    case RE2::ErrorMissingParen:
      return "missing )";
    case RE2::ErrorUnexpectedParen:
      return "unexpected )";
    case RE2::ErrorTrailingBackslash:
      return "trailing \\";
    case RE2::ErrorRepeatArgument:
      return "no argument for repetition operator";
    case RE2::ErrorRepeatSize:
      return "invalid repetition size";
    case RE2::ErrorRepeatOp:
      return "bad repetition operator";
    case RE2::ErrorBadPerlOp:
      return "invalid perl operator";
    case RE2::ErrorBadUTF8:
      return "invalid UTF-8";
    case RE2::ErrorBadNamedCapture:
      return "invalid named capture group";
    case RE2::ErrorPatternTooLarge:
      return "it is too large";
    case RE2::NoError:
    case RE2::ErrorInternal:
      break;
  }
  return "it cannot be read";
}

/// What is wrong with a pattern, and the part of it that is. The words are not RE2's, which change.
std::string problem_of(const RE2& regex, const Value& origin) {
  const std::string& part = regex.error_arg();
  return fmt::format("{}{}", describe(regex.error_code()),
                     part.empty() ? "" : ": " + shown(origin, part));
}

/// Whether it has RE2's \C, which matches a byte: a part of a character is no text.
bool matches_bytes(std::string_view pattern) {
  std::size_t at = pattern.find('\\');
  while (at != std::string_view::npos && at + 1 < pattern.size()) {
    const char escaped = pattern[at + 1];
    if (escaped == 'C') {
      return true;
    }
    if (escaped == 'Q') {
      at = std::min(pattern.find("\\E", at + 2), pattern.size());
    }
    at = pattern.find('\\', at + 2);
  }
  return false;
}

/// Where the character class that `pattern` begins with ends.
std::size_t end_of_class(std::string_view pattern) {
  std::size_t at = pattern.starts_with("[^") ? 2 : 1;
  // There a bracket stands for itself.
  at += pattern.substr(at).starts_with("]") ? 1 : 0;
  while (at < pattern.size() && pattern[at] != ']') {
    const std::size_t named =
        pattern.substr(at).starts_with("[:") ? pattern.find(":]", at + 2) : std::string_view::npos;
    at = named != std::string_view::npos ? named + 2 : at + (pattern[at] == '\\' ? 2 : 1);
  }
  return std::min(at + 1, pattern.size());
}

/// `(?<name>` as `(?P<name>`: the original takes both, and so do newer versions of RE2.
std::string with_spelled_names(std::string_view pattern) {
  std::string out;
  while (!pattern.empty()) {
    std::size_t length = 1;
    if (pattern.starts_with("\\Q")) {
      length = std::min(pattern.find("\\E"), pattern.size());
    } else if (pattern.front() == '\\') {
      length = std::min<std::size_t>(2, pattern.size());
    } else if (pattern.front() == '[') {
      length = end_of_class(pattern);
    } else if (pattern.starts_with("(?<") && !pattern.starts_with("(?<=") &&
               !pattern.starts_with("(?<!")) {
      out += "(?P<";
      length = 0;
      pattern.remove_prefix(3);
    }
    out += pattern.substr(0, length);
    pattern.remove_prefix(length);
  }
  return out;
}

/// The pattern that the argument at `index` holds, without the slashes around it that replace()
/// has.
tl::expected<std::unique_ptr<RE2>, FunctionError> compiled(Arguments arguments, std::size_t index,
                                                           std::string_view pattern) {
  auto regex = std::make_unique<RE2>(with_spelled_names(pattern), RE2::Quiet);
  if (!regex->ok()) {
    return fail(index, fmt::format("this is not a regular expression: {}",
                                   problem_of(*regex, arguments[index])));
  }
  if (matches_bytes(pattern)) {
    return fail(index, "this is not a regular expression: invalid escape sequence: \\C");
  }
  return regex;
}

/// How the groups of a pattern shape what it finds.
enum class Shape : std::uint8_t { whole, tuple, object };

tl::expected<Shape, FunctionError> shape_of(const RE2& regex) {
  const auto named = static_cast<int>(regex.NamedCapturingGroups().size());
  const int groups = regex.NumberOfCapturingGroups();
  if (named > 0 && named < groups) {
    return fail(0, "either all groups have names, (?P<name>...), or none has");
  }
  return named > 0 ? Shape::object : groups > 0 ? Shape::tuple : Shape::whole;
}

/// A group that took no part in the match is null.
Value group_value(const re2::StringPiece& group) {
  return group.data() == nullptr ? Value::null(Type::string())
                                 : Value::string({group.data(), group.size()});
}

Value match_value(const RE2& regex, Shape shape, const Match& match) {
  if (shape == Shape::whole) {
    return group_value(match[0]);
  }
  if (shape == Shape::tuple) {
    Elements groups;
    for (std::size_t i = 1; i < match.size(); ++i) {
      groups.push_back(group_value(match[i]));
    }
    return Value::tuple(std::move(groups));
  }
  Members groups;
  for (const auto& [name, number] : regex.NamedCapturingGroups()) {
    groups.emplace(name, group_value(match[static_cast<std::size_t>(number)]));
  }
  return Value::object(std::move(groups));
}

Type match_type(const RE2& regex, Shape shape) {
  const Match nothing(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
  return match_value(regex, shape, nothing).type();
}

/// A pattern and what it makes of a match.
struct Pattern {
  std::unique_ptr<RE2> regex;
  Shape shape = Shape::whole;
};

/// The pattern that regex() and regexall() have as their first argument.
tl::expected<Pattern, FunctionError> first_pattern(Arguments arguments) {
  auto regex = compiled(arguments, 0, string_of(arguments[0]));
  if (!regex) {
    return tl::unexpected(std::move(regex.error()));
  }
  const auto shape = shape_of(**regex);
  if (!shape) {
    return tl::unexpected(shape.error());
  }
  return Pattern{.regex = std::move(*regex), .shape = *shape};
}

FunctionResult call_regex(Arguments arguments) {
  const auto pattern = first_pattern(arguments);
  if (!pattern) {
    return tl::unexpected(pattern.error());
  }
  const std::optional<Match> match = find(*pattern->regex, string_of(arguments[1]), 0);
  if (!match) {
    return fail(1, "the pattern matches no part of the string; regexall gives an empty list then");
  }
  return match_value(*pattern->regex, pattern->shape, *match);
}

FunctionResult call_regexall(Arguments arguments) {
  const auto pattern = first_pattern(arguments);
  if (!pattern) {
    return tl::unexpected(pattern.error());
  }
  const RE2& regex = *pattern->regex;
  const Shape shape = pattern->shape;
  SizeLimit limit;
  Elements matches;
  bool fits = true;
  for_each_match(regex, string_of(arguments[1]), [&](const Match& match) {
    matches.push_back(match_value(regex, shape, match));
    fits = limit.take(matches.back());
    return fits;
  });
  return fits ? FunctionResult(Value::list(match_type(regex, shape), std::move(matches)))
              : FunctionResult(too_large());
}

/// The pattern of replace() between two slashes; nothing where the text is meant literally.
std::optional<std::string_view> slashed_pattern(std::string_view text) {
  const bool has_slashes = text.size() > 1 && text.starts_with('/') && text.ends_with('/');
  return has_slashes ? std::optional(text.substr(1, text.size() - 2)) : std::nullopt;
}

FunctionResult call_replace(Arguments arguments) {
  const std::string& text = string_of(arguments[0]);
  const std::string& wanted = string_of(arguments[1]);
  const std::string& replacement = string_of(arguments[2]);
  std::optional<std::string> result;
  if (const std::optional<std::string_view> pattern = slashed_pattern(wanted)) {
    const auto regex = compiled(arguments, 1, *pattern);
    if (!regex) {
      return tl::unexpected(regex.error());
    }
    result = substituted(text, **regex, replacement);
  } else {
    result = substituted(text, std::string_view(wanted), replacement);
  }
  return result ? FunctionResult(Value::string(*result)) : FunctionResult(too_large());
}

}  // namespace

Functions regex_functions() {
  const Type text = Type::string();
  const Parameter pattern{"pattern", text};
  const Parameter string{"string", text};
  return {
      {"regex", {.parameters = {pattern, string}, .call = call_regex}},
      {"regexall", {.parameters = {pattern, string}, .call = call_regexall}},
      {"replace",
       {.parameters = {string, {"substring", text}, {"replacement", text}}, .call = call_replace}},
  };
}

}  // namespace hcl::functions
