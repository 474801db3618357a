// The `locals` blocks of all manifests: one namespace of named values that may refer to each other
// in any order, but not in a circle.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"
#include "manifest/document.h"

namespace manifest {

struct Local {
  const hcl::Attribute* attribute = nullptr;
  const diagnostic::SourceFile* file = nullptr;
  /// Unknown until it has been evaluated, and where that failed.
  hcl::Value value = hcl::Value::unknown();
};

class Locals {
 public:
  /// Collects the definitions of all documents, which outlive the result. Duplicates are reported,
  /// and the first one is kept.
  Locals(const std::vector<Document>& documents, diagnostic::Diagnostics& diagnostics);

  /// Evaluates all of them, each after those that it refers to, in time linear in the number of
  /// references and without recursion over them.
  void evaluate(const hcl::Functions& functions, diagnostic::Diagnostics& diagnostics);

  [[nodiscard]] const Local* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> names() const;

  /// Whether a name that is not among them is really missing: syntax errors may have hidden it.
  [[nodiscard]] bool is_complete() const { return is_complete_; }

 private:
  class Evaluation;

  std::vector<Local> locals_;
  std::unordered_map<std::string_view, std::size_t> index_;
  bool is_complete_ = true;
};

}  // namespace manifest
