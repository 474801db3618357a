// Takes apart the texts that give values to variables: which value is meant for which name, and
// where it stands.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"
#include "manifest/given.h"
#include "manifest/report.h"

namespace manifest {

/// Text that is read as the variable's type demands.
using PlainText = std::string_view;

/// One value for one variable.
struct Assignment {
  const Given* given = nullptr;
  std::string name;
  diagnostic::Range name_range;
  diagnostic::Range value_range;
  std::variant<PlainText, const hcl::Expression*, hcl::Value> value;

  [[nodiscard]] const diagnostic::SourceFile& file() const { return *given->source.file; }
  [[nodiscard]] Place name_place() const { return {&file(), name_range}; }
  [[nodiscard]] Place place() const { return {&file(), value_range}; }
};

/// The value of `NAME=VALUE`.
[[nodiscard]] Assignment plain_assignment(const Given& given, std::string_view name);

class Assignments {
 public:
  /// Reports what cannot be understood. `given` outlives this.
  Assignments(std::span<const Given> given, diagnostic::Diagnostics& diagnostics);

  /// In the order in which they were given.
  [[nodiscard]] const std::vector<Assignment>& all() const { return assignments_; }

 private:
  void add_hcl(const Given& given);
  void add_json(const Given& given);

  std::vector<Assignment> assignments_;
  std::vector<hcl::File> trees_;
  diagnostic::Diagnostics& diagnostics_;
};

}  // namespace manifest
