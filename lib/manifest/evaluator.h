// Evaluates the expressions of manifests: works out what their names mean, and has the HCL
// evaluator do the rest.
#pragma once

#include <optional>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"
#include "manifest/functions.h"
#include "manifest/manifest.h"
#include "manifest/namespace.h"

namespace manifest {

inline constexpr std::string_view locals_root = "local";
inline constexpr std::string_view variables_root = "var";
/// The root of `host.name` and `host.labels`.
inline constexpr std::string_view host_root = "host";
/// The root of `each.key` and `each.value`, in a block that has `for_each`.
inline constexpr std::string_view each_root = "each";

/// What an expression may refer to.
struct Visible {
  /// Null: none.
  const Namespace* variables = nullptr;
  const Namespace* locals = nullptr;
  const hcl::Value* host = nullptr;
  /// What to say to those who refer to something else that exists: "a default refers to nothing
  /// else".
  std::string_view rule;
  /// Whose resources have names and no values.
  ResourceTypes types;
};

/// The name in `ROOT.NAME…`. Nothing if `traversal` starts with another name or has another form.
[[nodiscard]] std::optional<std::string_view> name_below(std::string_view root,
                                                         const hcl::Traversal& traversal);

class Evaluator {
 public:
  /// All of it outlives this.
  Evaluator(FunctionTable& functions, const Visible& visible)
      : functions_(functions), visible_(visible) {}

  [[nodiscard]] ResourceTypes types() const { return visible_.types; }

  /// The value of `expression`; unknown, after a diagnostic, where there is none. A name that means
  /// nothing is reported and then unknown, and so is what is made of it. Every value that
  /// `expression` refers to has been set. `each` is null where the name means nothing.
  [[nodiscard]] hcl::Value evaluate(const hcl::Expression& expression, const Source& source,
                                    diagnostic::Diagnostics& diagnostics,
                                    const hcl::Value* each = nullptr) const;

  /// Reports the names that mean nothing, for an expression within a block with `for_each` that is
  /// not evaluated.
  void check_names(const hcl::Expression& expression, const Source& source,
                   diagnostic::Diagnostics& diagnostics) const;

 private:
  FunctionTable& functions_;
  Visible visible_;
};

}  // namespace manifest
