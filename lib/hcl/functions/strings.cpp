// chomp, endswith, indent, join, split, startswith, strcontains, strrev, substr, trim, trimprefix,
// trimsuffix.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "hcl/functions/call.h"
#include "hcl/functions/size_limit.h"
#include "hcl/functions/subjects.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

FunctionResult call_chomp(Arguments arguments) {
  const std::string_view text = string_of(arguments[0]);
  return Value::string(text.substr(0, text.find_last_not_of("\r\n") + 1));
}

FunctionResult call_endswith(Arguments arguments) {
  return Value::boolean(string_of(arguments[0]).ends_with(string_of(arguments[1])));
}

FunctionResult call_startswith(Arguments arguments) {
  return Value::boolean(string_of(arguments[0]).starts_with(string_of(arguments[1])));
}

FunctionResult call_strcontains(Arguments arguments) {
  return Value::boolean(string_of(arguments[0]).find(string_of(arguments[1])) != std::string::npos);
}

FunctionResult call_indent(Arguments arguments) {
  const auto spaces = whole_number(arguments, 0, "the number of spaces");
  if (!spaces) {
    return tl::unexpected(spaces.error());
  }
  if (*spaces < 0) {
    return fail(0, fmt::format("the number of spaces must not be negative, and {} is",
                               to_hcl(arguments[0], 50)));
  }
  SizeLimit limit;
  std::string result;
  for (const char c : string_of(arguments[1])) {
    result += c;
    if (c == '\n') {
      if (!limit.take(static_cast<std::uint64_t>(*spaces))) {
        return too_large();
      }
      result.append(static_cast<std::size_t>(*spaces), ' ');
    }
  }
  return Value::string(result);
}

FunctionResult call_join(Arguments arguments) {
  const std::string& separator = string_of(arguments[0]);
  SizeLimit limit;
  std::string result;
  bool is_first = true;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const Elements& elements = elements_of(arguments[i]);
    for (std::size_t k = 0; k < elements.size(); ++k) {
      const std::string* text = elements[k].as_string();
      if (text == nullptr) {
        return fail(i, fmt::format("the element at index {} is null: nulls cannot be joined", k));
      }
      if (!limit.take(separator.size() + text->size())) {
        return too_large();
      }
      result += is_first ? "" : separator;
      result += *text;
      is_first = false;
    }
  }
  return Value::string(result);
}

/// The length of the next piece of a text that is split at `separator`, or into single characters.
std::size_t piece_length(std::string_view text, std::string_view separator) {
  if (separator.empty()) {
    const auto next = text::decode_utf8(text);
    return next ? next->length : text.size();
  }
  return std::min(text.find(separator), text.size());
}

FunctionResult call_split(Arguments arguments) {
  const std::string& separator = string_of(arguments[0]);
  std::string_view rest = string_of(arguments[1]);
  SizeLimit limit;
  Elements pieces;
  bool is_done = rest.empty() && separator.empty();
  while (!is_done) {
    const std::size_t length = piece_length(rest, separator);
    if (!limit.take(part_size + length)) {
      return too_large();
    }
    pieces.push_back(Value::string(rest.substr(0, length)));
    is_done = length == rest.size();
    rest.remove_prefix(std::min(length + separator.size(), rest.size()));
  }
  return Value::list(Type::string(), std::move(pieces));
}

FunctionResult call_strrev(Arguments arguments) {
  std::string_view rest = string_of(arguments[0]);
  std::string result(rest.size(), '\0');
  auto end = result.end();
  while (!rest.empty()) {
    const std::size_t length = text::grapheme_length(rest);
    end -= static_cast<std::ptrdiff_t>(length);
    std::copy_n(rest.begin(), length, end);
    rest.remove_prefix(length);
  }
  return Value::string(result);
}

/// The bytes of the first `count` characters of `text`, or of as many as there are.
std::size_t prefix_length(std::string_view text, std::int64_t count) {
  std::size_t length = 0;
  for (; count > 0 && length < text.size(); --count) {
    length += text::grapheme_length(text.substr(length));
  }
  return length;
}

FunctionResult call_substr(Arguments arguments) {
  std::string_view text = string_of(arguments[0]);
  const auto given_offset = whole_number(arguments, 1, "the offset");
  if (!given_offset) {
    return tl::unexpected(given_offset.error());
  }
  const auto length = whole_number(arguments, 2, "the length");
  if (!length) {
    return tl::unexpected(length.error());
  }
  std::int64_t offset = *given_offset;
  if (offset < 0) {
    offset += static_cast<std::int64_t>(text::count_graphemes(text));
  } else if (*length == 0) {
    return Value::string("");
  }
  text.remove_prefix(prefix_length(text, offset));
  // Behind a negative offset a length of 0 means the rest, as in the original.
  return Value::string(*length <= 0 ? text : text.substr(0, prefix_length(text, *length)));
}

FunctionResult call_trim(Arguments arguments) {
  std::string_view text = string_of(arguments[0]);
  std::set<char32_t> unwanted;
  std::string_view rest = string_of(arguments[1]);
  while (const auto next = text::decode_utf8(rest)) {
    unwanted.insert(next->value);
    rest.remove_prefix(next->length);
  }
  std::size_t begin = text.size();
  std::size_t end = text.size();
  std::size_t at = 0;
  while (const auto next = text::decode_utf8(text.substr(at))) {
    const std::size_t after = at + next->length;
    if (!unwanted.contains(next->value)) {
      begin = std::min(begin, at);
      end = after;
    }
    at = after;
  }
  return Value::string(text.substr(begin, end - begin));
}

FunctionResult call_trimprefix(Arguments arguments) {
  std::string_view text = string_of(arguments[0]);
  const std::string& prefix = string_of(arguments[1]);
  text.remove_prefix(text.starts_with(prefix) ? prefix.size() : 0);
  return Value::string(text);
}

FunctionResult call_trimsuffix(Arguments arguments) {
  std::string_view text = string_of(arguments[0]);
  const std::string& suffix = string_of(arguments[1]);
  text.remove_suffix(text.ends_with(suffix) ? suffix.size() : 0);
  return Value::string(text);
}

}  // namespace

Functions string_functions() {
  const Type text = Type::string();
  const Type number = Type::number();
  const Parameter string{"string", text};
  const Parameter list{"list", Type::list(text)};
  return {
      {"chomp", {.parameters = {string}, .call = call_chomp}},
      {"endswith", {.parameters = {string, {"suffix", text}}, .call = call_endswith}},
      {"indent", {.parameters = {{"spaces", number}, string}, .call = call_indent}},
      {"join", {.parameters = {{"separator", text}, list}, .rest = list, .call = call_join}},
      {"split", {.parameters = {{"separator", text}, string}, .call = call_split}},
      {"startswith", {.parameters = {string, {"prefix", text}}, .call = call_startswith}},
      {"strcontains", {.parameters = {string, {"substring", text}}, .call = call_strcontains}},
      {"strrev", {.parameters = {string}, .call = call_strrev}},
      {"substr",
       {.parameters = {string, {"offset", number}, {"length", number}}, .call = call_substr}},
      {"trim", {.parameters = {string, {"characters", text}}, .call = call_trim}},
      {"trimprefix", {.parameters = {string, {"prefix", text}}, .call = call_trimprefix}},
      {"trimsuffix", {.parameters = {string, {"suffix", text}}, .call = call_trimsuffix}},
  };
}

}  // namespace hcl::functions
