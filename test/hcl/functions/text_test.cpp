// Holds all functions to a promise of hcl::Value: a string is text, whatever the arguments are and
// whatever bytes the host has for names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hcl/functions/functions.h"
#include "hcl/functions/host.h"
#include "hcl/value/convert.h"
#include "support/temporary_directory.h"
#include "text/utf8.h"

namespace {

using hcl::Value;

bool is_text(std::string_view bytes) {
  return !text::find_invalid_utf8(bytes);
}

bool is_text(const Value& value) {
  if (const std::string* text = value.as_string()) {
    return is_text(std::string_view(*text));
  }
  if (const hcl::Elements* elements = value.as_elements()) {
    return std::ranges::all_of(*elements, [](const Value& each) { return is_text(each); });
  }
  const hcl::Members* members = value.as_members();
  return members == nullptr || std::ranges::all_of(*members, [](const auto& member) {
           return is_text(std::string_view(member.first)) && is_text(member.second);
         });
}

/// Arguments that lead to the places where a function takes text apart.
class Arguments {
 public:
  explicit Arguments(unsigned seed) : random_(seed) {}

  /// One for each parameter, and some for the rest; nothing if a conversion failed.
  std::optional<std::vector<Value>> next(const hcl::Function& function) {
    std::vector<hcl::Parameter> parameters = function.parameters;
    for (std::size_t rest = function.rest ? below(4) : 0; rest > 0; --rest) {
      parameters.push_back(*function.rest);
    }
    std::vector<Value> arguments;
    for (const hcl::Parameter& parameter : parameters) {
      const auto converted = hcl::convert(of_type(parameter.type), parameter.type);
      if (!converted || (converted->is_null() && !parameter.takes_null)) {
        return std::nullopt;
      }
      arguments.push_back(*converted);
    }
    return arguments;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  Value of_type(const hcl::Type& type) {
    switch (type.kind()) {
      case hcl::TypeKind::string:
        return string();
      case hcl::TypeKind::number:
        return number();
      case hcl::TypeKind::any:
        return below(2) == 0 ? string() : below(2) == 0 ? collection() : number();
      default:
        return collection();
    }
  }

  Value string() {
    static constexpr std::string_view strings[] = {
        "", "a", "é", "aé", "éa", "e\u0301", "日本語", "👩‍👩‍👧é", "ß", "İ", "\u200d",
        "\u0301", "\uFFFD", ",", "é,ü\nö,ä", "\"é\",\"", "/é/..", "~", "~/é", ".", "**", "?", "[é]",
        // Patterns, with and without the slashes of replace(), and what stands for a group.
        "\\B", "/\\B/", "\\C", "/\\C/", "(?:\\B)", "[^a]", "/[^é]/", ".", "/(.)/", "(?s)(.)(.)?",
        "$1", "${1}", "\\b", "/\\b/", "(?i)É", "/$/", "\\Q\\C\\E", "[\\x80-\\xff]", "\\xc3",
        // Formats.
        "%s", "%q", "%.1s|%-3s", "%5.1q", "%v%%", "%#v", "%é",
        // Encodings: the bytes C3 and FF, half a pair.
        "w4M=", "ww==", "/w==", "\"\\ud800\"", "\"\\udc00\\ud800x\"", "{\"\\ud83d\":\"\\ude00\"}",
        "%C3", "w6k="};
    return Value::string(strings[below(std::size(strings))]);
  }

  Value number() {
    static constexpr int numbers[] = {-3, -2, -1, 0, 1, 2, 3, 4, 10, 16, 62};
    return Value::number(hcl::Number(numbers[below(std::size(numbers))]));
  }

  Value collection() {
    hcl::Elements elements;
    hcl::Members members;
    for (std::size_t count = below(4); count > 0; --count) {
      elements.push_back(string());
      members.insert_or_assign(*string().as_string(), string());
    }
    return below(3) > 0 ? Value::tuple(std::move(elements)) : Value::object(std::move(members));
  }

  std::mt19937 random_;
};

/// All functions, on a host whose directory, files and environment are named in no encoding.
class TextOfFunctions : public testing::Test {
 protected:
  TextOfFunctions() {
    directory_.write("\xFF/\xC3(.txt", "é");
    functions_ = hcl::standard_functions();
    functions_.merge(hcl::host_functions(
        {.directory = directory_.path() / "\xFF",
         .environment = [](std::string_view) { return std::optional<std::string>("/\xC3\xC3"); },
         .render = [](const std::string&, std::string text, const hcl::Members&)
             -> hcl::FunctionResult { return Value::string(text); }}));
  }

  support::TemporaryDirectory directory_;
  hcl::Functions functions_;
};

TEST_F(TextOfFunctions, IsAlwaysUtf8) {
  constexpr int calls = 400;
  unsigned seed = 0;
  for (const auto& [name, function] : functions_) {
    const auto* call = std::get_if<hcl::Function::Call>(&function.call);
    Arguments arguments(seed++);
    for (int i = 0; i < calls && call != nullptr; ++i) {
      const std::optional<std::vector<Value>> values = arguments.next(function);
      const auto result = values ? (*call)(*values) : hcl::FunctionResult(Value());
      ASSERT_TRUE(!result || is_text(*result))
          << name << " of " << hcl::to_hcl(Value::tuple(*values))
          << " gives bytes that are no text";
    }
  }
}

}  // namespace
