// Holds the functions to their tables.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "calling.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/parser.h"
#include "hcl/value/convert.h"
#include "table.h"

namespace {

TEST(Functions, GiveWhatTheirTablesSay) {
  for (const std::filesystem::path& table : calling::tables()) {
    calling::check_table(table, [](std::string_view call) { return calling::called(call); });
  }
}

/// All texts that are part of `value`, its keys included.
void collect_texts(const hcl::Value& value, std::vector<std::string>& texts) {
  if (const hcl::Elements* elements = value.as_elements()) {
    for (const hcl::Value& element : *elements) {
      collect_texts(element, texts);
    }
  } else if (const hcl::Members* members = value.as_members()) {
    for (const auto& [key, member] : *members) {
      texts.push_back(key);
      collect_texts(member, texts);
    }
  } else if (const auto text = hcl::to_string(value); text && text->as_string() != nullptr) {
    texts.push_back(*text->as_string());
  }
}

/// A call with each of its arguments made sensitive, and what these hold. Nothing where the call
/// has no such form.
struct SensitiveCall {
  std::string text;
  std::vector<std::string> secrets;
};

std::optional<SensitiveCall> with_sensitive_arguments(const std::string& call) {
  const diagnostic::SourceFile source("test.hcl", "x = " + call + "\n");
  const hcl::ParseResult parsed = hcl::parse(source);
  const hcl::Attribute* attribute = parsed.file.body.find("x");
  const auto* node =
      attribute == nullptr ? nullptr : hcl::get_if<hcl::FunctionCall>(*attribute->value);
  if (node == nullptr || node->expands_last || !parsed.diagnostics.empty()) {
    return std::nullopt;
  }
  static const hcl::Functions functions = hcl::standard_functions();
  SensitiveCall result{.text = std::string(node->name.text) + "("};
  diagnostic::Diagnostics problems;
  for (const hcl::Expression* argument : node->arguments) {
    result.text += "sensitive(" + std::string(source.text(argument->range)) + "), ";
    collect_texts(hcl::evaluate(*argument, hcl::Scope(functions), source, problems),
                  result.secrets);
  }
  result.text += ")";
  return problems.empty() ? std::optional(result) : std::nullopt;
}

/// Whether `message` holds four characters in a row of one of `secrets`, apart from an example that
/// it gives.
bool tells(std::string message, const std::vector<std::string>& secrets) {
  constexpr std::size_t part = 4;
  constexpr std::string_view example = "(?P<name>...)";
  if (const std::size_t at = message.find(example); at != std::string::npos) {
    message.erase(at, example.size());
  }
  return std::ranges::any_of(secrets, [&](const std::string& secret) {
    for (std::size_t at = 0; at + part <= secret.size(); ++at) {
      if (message.find(secret.substr(at, part)) != std::string::npos) {
        return true;
      }
    }
    return false;
  });
}

TEST(Functions, SayWhyTheyFailWithoutWhatIsSensitive) {
  std::size_t count = 0;
  for (const std::filesystem::path& table : calling::tables()) {
    for (const calling::Row& row : calling::read_table(table)) {
      const auto call =
          row.result.starts_with("error: ") ? with_sensitive_arguments(row.call) : std::nullopt;
      if (!call) {
        continue;
      }
      ++count;
      const std::string message = calling::called(call->text);
      EXPECT_FALSE(tells(message, call->secrets)) << call->text << ": " << message;
    }
  }
  EXPECT_GT(count, 100U);
}

TEST(Functions, HaveATableEach) {
  std::vector<std::string> names;
  for (const auto& [name, function] : hcl::standard_functions()) {
    names.push_back(name);
  }
  EXPECT_EQ(calling::sections(), names);
}

}  // namespace
