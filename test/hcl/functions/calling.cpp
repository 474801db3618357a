#include "calling.h"

#include <fmt/format.h>

#include <utility>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/parser.h"

namespace calling {
namespace {

/// More than any value in the tests is long.
constexpr std::size_t no_limit = 100'000;

}  // namespace

std::string called(std::string_view expression, const hcl::Functions& functions) {
  const diagnostic::SourceFile source("test.hcl", fmt::format("x = {}\n", expression));
  hcl::ParseResult parsed = hcl::parse(source);
  diagnostic::Diagnostics diagnostics = std::move(parsed.diagnostics);
  hcl::Value value;
  if (const hcl::Attribute* attribute = parsed.file.body.find("x")) {
    value = hcl::evaluate(*attribute->value, hcl::Scope(functions), source, diagnostics);
  }
  return diagnostics.empty() ? to_hcl(value, no_limit)
                             : fmt::format("error: {}", diagnostics.front().detail);
}

std::string called(std::string_view expression) {
  static const hcl::Functions functions = hcl::standard_functions();
  return called(expression, functions);
}

}  // namespace calling
