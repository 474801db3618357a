// The `variable` blocks of all manifests: values that come from outside, each with its type, its
// default and its rules. Their values are worked out in variable_values.h.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/type_expression.h"
#include "hcl/syntax/tree.h"
#include "manifest/document.h"
#include "manifest/evaluator.h"
#include "manifest/namespace.h"
#include "manifest/report.h"

namespace manifest {

/// A `variable` block.
struct Variable {
  const hcl::Block* block = nullptr;
  const Document* document = nullptr;
  std::string_view name;
  diagnostic::Range name_range;
  hcl::TypeConstraint type;
  bool is_nullable = true;
  bool is_sensitive = false;

  /// Null where there is none.
  [[nodiscard]] const hcl::Expression* default_value() const {
    const hcl::Attribute* attribute = block->body.find("default");
    return attribute == nullptr ? nullptr : attribute->value;
  }
  [[nodiscard]] const diagnostic::SourceFile& file() const { return document->file(); }
};

class Variables {
 public:
  /// Collects the blocks of all documents, which outlive the result. Of duplicates the first one is
  /// kept. `constants` sees no names.
  Variables(const std::vector<Document>& documents, const Evaluator& constants,
            diagnostic::Diagnostics& diagnostics);

  /// Not all manifests are there.
  void mark_incomplete() { values_.mark_incomplete(); }

  [[nodiscard]] const std::vector<Variable>& all() const { return variables_; }
  /// Null if there is no such variable.
  [[nodiscard]] const Variable* find(std::string_view name) const;

  /// Unknown until they are set, and where there is no valid value.
  [[nodiscard]] const Namespace& values() const { return values_; }
  void set(std::string_view name, hcl::Value value) { values_.set(name, std::move(value)); }

 private:
  void collect(const hcl::Block& block, const Document& document, const Evaluator& constants,
               diagnostic::Diagnostics& diagnostics);

  std::vector<Variable> variables_;
  std::unordered_map<std::string_view, std::size_t> index_;
  Namespace values_;
};

}  // namespace manifest
