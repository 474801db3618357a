// base64decode, base64encode, csvdecode, jsondecode, jsonencode, urlencode.
#include <fmt/format.h>
#include <nettle/base64.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hcl/functions/call.h"
#include "hcl/functions/csv.h"
#include "hcl/functions/infinity.h"
#include "hcl/functions/subjects.h"
#include "hcl/value/json.h"
#include "text/url.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

// --- Base64 (RFC 4648) --------------------------------------------------------------------------

FunctionResult call_base64encode(Arguments arguments) {
  const std::string& text = string_of(arguments[0]);
  std::string encoded(BASE64_ENCODE_RAW_LENGTH(text.size()), '\0');
  base64_encode_raw(encoded.data(), text.size(),
                    reinterpret_cast<const std::uint8_t*>(text.data()));
  return Value::string(encoded);
}

/// The bytes that groups of four characters stand for; nothing for anything else. Not by nettle,
/// which does not take what the original takes: bits left over before the padding.
std::optional<std::string> decoded_base64(std::string text) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  if (text.size() % 4 != 0) {
    return std::nullopt;
  }
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  text.resize(text.size() - padding);
  std::string bytes;
  std::uint32_t bits = 0;
  std::size_t count = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 0xFFU);
    }
  }
  return bytes;
}

FunctionResult call_base64decode(Arguments arguments) {
  const std::optional<std::string> bytes = decoded_base64(string_of(arguments[0]));
  if (!bytes) {
    return fail(0,
                "this is not Base64: groups of four of A-Z, a-z, 0-9, + and /, the last one "
                "filled up with =");
  }
  if (text::find_invalid_utf8(*bytes)) {
    return fail(0, "what is encoded here is not UTF-8 text");
  }
  return Value::string(*bytes);
}

// --- The others ---------------------------------------------------------------------------------

FunctionResult call_csvdecode(Arguments arguments) {
  return parse_csv(string_of(arguments[0]));
}

FunctionResult call_jsondecode(Arguments arguments) {
  const std::string& text = string_of(arguments[0]);
  auto value = from_json(text);
  if (!value) {
    const JsonError& error = value.error();
    const bool is_sensitive = arguments[0].is_sensitive();
    if (error.kind == JsonError::Kind::value) {
      return fail(0, is_sensitive
                         ? "a number in this JSON is out of range, it has too many levels, or two "
                           "members of one name have values of two types"
                         : error.message);
    }
    const std::string_view before = std::string_view(text).substr(0, error.offset);
    const auto line = std::ranges::count(before, '\n') + 1;
    return fail(0, is_sensitive
                       ? fmt::format("this is not JSON: see line {}", line)
                       : fmt::format("this is not JSON: line {}: {}", line, error.message));
  }
  return std::move(*value);
}

FunctionResult call_jsonencode(Arguments arguments) {
  if (holds_infinity(arguments[0])) {
    return fail(0, "JSON has no infinity");
  }
  return Value::string(to_json(arguments[0], JsonEscapes::html));
}

FunctionResult call_urlencode(Arguments arguments) {
  std::string encoded;
  for (const char& c : string_of(arguments[0])) {
    encoded += c == ' ' ? "+" : text::percent_encoded({&c, 1});
  }
  return Value::string(encoded);
}

}  // namespace

Functions encoding_functions() {
  const Parameter string{"string", Type::string()};
  return {
      {"base64decode", {.parameters = {string}, .call = call_base64decode}},
      {"base64encode", {.parameters = {string}, .call = call_base64encode}},
      {"csvdecode", {.parameters = {string}, .call = call_csvdecode}},
      {"jsondecode", {.parameters = {string}, .call = call_jsondecode}},
      {"jsonencode", {.parameters = {{"value", {}, true}}, .call = call_jsonencode}},
      {"urlencode", {.parameters = {string}, .call = call_urlencode}},
  };
}

}  // namespace hcl::functions
