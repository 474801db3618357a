// What the parser says about mistakes, word for word.
#include "support/diagnostics.h"

#include <gtest/gtest.h>

#include <charconv>
#include <set>
#include <string>

#include "hcl/syntax/kinds.h"
#include "hcl/syntax/parser.h"
#include "support/golden.h"

namespace {

std::string reported(std::string_view input) {
  const diagnostic::SourceFile source("site.hcl", std::string(input));
  return support::render_with_kinds(hcl::parse(source).diagnostics);
}

std::string reported_of_template(std::string_view input) {
  const diagnostic::SourceFile source("site.tmpl", std::string(input));
  return support::render_with_kinds(hcl::parse_template(source).diagnostics);
}

/// The input with `<FF>` for a byte that no text file can hold, and without its final newline.
std::string reported_of_bytes(std::string_view input) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < input.size(); ++i) {
    if (input[i] != '<' || i + 3 >= input.size() || input[i + 3] != '>') {
      bytes += input[i];
      continue;
    }
    unsigned value = 0;
    std::from_chars(input.data() + i + 1, input.data() + i + 3, value, 16);
    bytes += static_cast<char>(value);
    i += 3;
  }
  return reported(bytes);
}

/// The input three hundred times over.
std::string reported_of_many(std::string_view input) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += input;
  }
  return reported(text);
}

TEST(SyntaxDiagnostics, LookLikeTheGoldenFiles) {
  support::check_golden("hcl/syntax/blocks.txt", reported);
  support::check_golden("hcl/syntax/characters.txt", reported);
  support::check_golden("hcl/syntax/attributes.txt", reported);
  support::check_golden("hcl/syntax/collections.txt", reported);
  support::check_golden("hcl/syntax/expressions.txt", reported);
  support::check_golden("hcl/syntax/strings.txt", reported);
  support::check_golden("hcl/syntax/templates.txt", reported);
  support::check_golden("hcl/syntax/template_files.txt", reported_of_template);
  support::check_golden("hcl/syntax/bytes.txt", reported_of_bytes);
  support::check_golden("hcl/syntax/limits.txt", reported_of_many);
}

TEST(SyntaxDiagnostics, EveryKindIsInAGoldenFile) {
  std::set<std::string> kinds;
  for (const hcl::syntax::Kind kind : hcl::syntax::all_kinds) {
    kinds.emplace(name(kind));
  }
  EXPECT_EQ(support::kinds_in_golden("hcl/syntax"), kinds);
}

}  // namespace
