// Parses HCL native syntax: source text to syntax tree.
//
// Parsing never fails as a whole: it returns what it understood and one diagnostic for each
// mistake. It takes time and memory linear in the source, and no source exhausts the stack: nesting
// is limited to `max_nesting`.
#pragma once

#include <memory>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"

namespace hcl {

/// How deep blocks, brackets, templates, unary operators and conditionals may be nested, all
/// counted together.
inline constexpr int max_nesting = 250;

struct ParseResult {
  File file;
  diagnostic::Diagnostics diagnostics;
};

/// Parses a configuration file. `source` outlives the result, which points into its text.
[[nodiscard]] ParseResult parse(const diagnostic::SourceFile& source);

struct TemplateResult {
  /// Holds the tree.
  std::unique_ptr<Arena> arena;
  const Expression* value = nullptr;
  diagnostic::Diagnostics diagnostics;
};

/// Parses a file that is one template: text in which `${` and `%{` begin sequences, `$${` and `%%{`
/// do not, and all else stands for itself. `source` outlives the result.
[[nodiscard]] TemplateResult parse_template(const diagnostic::SourceFile& source);

}  // namespace hcl
