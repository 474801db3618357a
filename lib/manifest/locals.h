// The `locals` blocks of all manifests: one namespace of named values that may refer to each other
// in any order, but not in a circle.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/document.h"
#include "manifest/evaluator.h"
#include "manifest/namespace.h"

namespace manifest {

struct Local {
  const hcl::Attribute* attribute = nullptr;
  const Source* source = nullptr;
};

class Locals {
 public:
  /// Collects the definitions of all documents, which outlive the result. Duplicates are reported,
  /// and the first one is kept.
  Locals(const std::vector<Document>& documents, diagnostic::Diagnostics& diagnostics);

  /// Evaluates all of them, each after those that it refers to, in time linear in the number of
  /// references and without recursion over them. `evaluator` sees `values()`.
  void evaluate(const Evaluator& evaluator, diagnostic::Diagnostics& diagnostics);

  /// Not all manifests are there.
  void mark_incomplete() { values_.mark_incomplete(); }

  /// Unknown until they have been evaluated, and where that failed.
  [[nodiscard]] const Namespace& values() const { return values_; }

 private:
  class Evaluation;

  void collect(const hcl::Attribute& attribute, const Source& source,
               diagnostic::Diagnostics& diagnostics);

  std::vector<Local> locals_;
  std::unordered_map<std::string_view, std::size_t> index_;
  Namespace values_;
};

}  // namespace manifest
