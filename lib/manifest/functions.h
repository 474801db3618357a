// The functions that expressions in a manifest may call.
#pragma once

#include <filesystem>
#include <map>

#include "hcl/evaluate/budget.h"
#include "hcl/value/function.h"
#include "manifest/decode.h"

namespace manifest {

/// HCL's standard functions, and those that look at this host. Relative paths start from
/// `directory`. `budget` outlives them.
[[nodiscard]] hcl::Functions make_functions(const EnvironmentLookup& environment,
                                            const std::filesystem::path& directory,
                                            hcl::Budget& budget);

/// The functions for each directory that expressions stand in, and what all of these expressions
/// may take.
class FunctionTable {
 public:
  /// `environment` outlives this.
  explicit FunctionTable(const EnvironmentLookup& environment) : environment_(environment) {}

  /// Stays where it is for as long as this lives.
  [[nodiscard]] const hcl::Functions& in(const std::filesystem::path& directory);

  [[nodiscard]] hcl::Budget& budget() { return budget_; }

 private:
  hcl::Budget budget_;
  const EnvironmentLookup& environment_;
  std::map<std::filesystem::path, hcl::Functions> by_directory_;
};

}  // namespace manifest
