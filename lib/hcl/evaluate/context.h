// What the evaluation of every kind of node needs: the meaning of names, the source text that
// messages quote, the place where diagnostics go, and how much work there may still be.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/budget.h"
#include "hcl/evaluate/kinds.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace hcl::evaluation {

/// A name that a loop binds, for one round; the names of the loops around it follow.
struct Binding {
  std::string_view name;
  const Value* value = nullptr;
  const Binding* outer = nullptr;
};

class Context {
 public:
  Context(const Scope& scope, const diagnostic::SourceFile& source, Budget& budget,
          diagnostic::Diagnostics& diagnostics)
      : scope_(&scope), source_(&source), budget_(&budget), diagnostics_(&diagnostics) {}

  /// The same, with diagnostics that go elsewhere.
  [[nodiscard]] Context reporting_to(diagnostic::Diagnostics& diagnostics) const;
  /// The same, with names bound in addition; `bindings` ends with the innermost of this context.
  [[nodiscard]] Context with_bindings(const Binding& bindings) const;

  [[nodiscard]] const Binding* bindings() const { return bindings_; }
  [[nodiscard]] const Value* find_variable(std::string_view name) const;
  [[nodiscard]] std::vector<std::string_view> variable_names() const;
  [[nodiscard]] const Scope& scope() const { return *scope_; }

  [[nodiscard]] Budget& budget() { return *budget_; }
  /// Counts work on a whole value.
  void spend_on(const Value& value) { budget_->spend(value.size() / part_size); }
  /// The same, that makes another one of it.
  void make_of(const Value& value) {
    spend_on(value);
    budget_->make(value.size());
  }

  /// Adds an error; the result stands for the value that could not be found out. Once the budget is
  /// spent nothing is added: what is unknown then has one cause.
  Value report(Kind kind, Range range, std::string summary, std::string detail,
               std::vector<diagnostic::Note> notes = {});
  /// How much has been reported: what was evaluated meanwhile has failed if it grew.
  [[nodiscard]] std::size_t report_count() const { return diagnostics_->size(); }
  /// Adds what was reported elsewhere.
  void adopt(diagnostic::Diagnostics diagnostics);

  /// `value`, unless it is beyond the limits: that is an error at `range`.
  [[nodiscard]] Value limited(Value value, Range range);
  Value report_too_large(Range range);

  /// The source text at `range`, or "this value" where it is too long to be quoted.
  [[nodiscard]] std::string code(Range range) const;

  /// What stands at `range` and what came out: "`local.port` is 80, a number".
  [[nodiscard]] std::string describe(Range range, const Value& value) const;

  [[nodiscard]] diagnostic::Note note(Range range, std::string message) const {
    return {.file = source_, .range = range, .message = std::move(message)};
  }

 private:
  [[nodiscard]] std::optional<std::string> short_code(Range range) const;

  const Scope* scope_;
  const Binding* bindings_ = nullptr;
  const diagnostic::SourceFile* source_;
  Budget* budget_;
  diagnostic::Diagnostics* diagnostics_;
};

/// "80, a number"; "a number", if it is unknown; "null".
[[nodiscard]] std::string with_type(const Value& value);

/// `did you mean "local"?`, or else what there is: `known variables: "local", "mise"`. `what` is a
/// noun in the plural.
[[nodiscard]] std::string suggestion(std::string_view wanted, std::string_view what,
                                     std::span<const std::string_view> known);

}  // namespace hcl::evaluation
