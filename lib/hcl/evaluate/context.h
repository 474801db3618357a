// What the evaluation of every kind of node needs: the meaning of names, the source text that
// messages quote, and the place where diagnostics go.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/kinds.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace hcl::evaluation {

/// Values are limited, since a few lines can describe a value that fits into no memory: nested at
/// most so deep, and with at most so many parts and bytes of text.
inline constexpr std::uint32_t max_depth = 1000;
inline constexpr std::uint64_t max_size = 16'000'000;

class Context {
 public:
  Context(const Scope& scope, const diagnostic::SourceFile& source,
          diagnostic::Diagnostics& diagnostics)
      : scope_(&scope), source_(&source), diagnostics_(&diagnostics) {}

  [[nodiscard]] const Scope& scope() const { return *scope_; }

  /// The same, with diagnostics that go elsewhere.
  [[nodiscard]] Context reporting_to(diagnostic::Diagnostics& diagnostics) const {
    return {*scope_, *source_, diagnostics};
  }

  /// Adds an error; the result stands for the value that could not be found out.
  Value report(Kind kind, Range range, std::string summary, std::string detail);
  /// Adds what was reported elsewhere.
  void adopt(diagnostic::Diagnostics diagnostics);
  /// `what` names the construct, with its verb: "splat expressions are".
  Value report_unsupported(Range range, std::string_view what, std::string detail);

  /// `value`, unless it is beyond the limits: that is an error at `range`.
  [[nodiscard]] Value limited(Value value, Range range);
  Value report_too_large(Range range);

  /// The source text at `range`, or "this value" where it is too long to be quoted.
  [[nodiscard]] std::string code(Range range) const;

  /// What stands at `range` and what came out: "`local.port` is 80, a number".
  [[nodiscard]] std::string describe(Range range, const Value& value) const;

 private:
  [[nodiscard]] std::optional<std::string> short_code(Range range) const;

  const Scope* scope_;
  const diagnostic::SourceFile* source_;
  diagnostic::Diagnostics* diagnostics_;
};

/// "80, a number"; "null".
[[nodiscard]] std::string with_type(const Value& value);

/// `did you mean "local"?`, or else what there is: `known variables: "local", "mise"`. `what` is a
/// noun in the plural.
[[nodiscard]] std::string suggestion(std::string_view wanted, std::string_view what,
                                     std::span<const std::string_view> known);

}  // namespace hcl::evaluation
