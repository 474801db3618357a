// The kinds of diagnostics that reading and decoding a manifest can give.
#pragma once

#include <span>
#include <string_view>

namespace manifest {

enum class Kind {
  cannot_read_manifest,
  no_manifest,
  unknown_block,
  unknown_attribute,
  misplaced_attribute,
  attribute_for_block,
  block_for_attribute,
  missing_attribute,
  duplicate_block,
  wrong_labels,
  invalid_name,
  duplicate_resource,
  duplicate_local,
  local_cycle,
  unknown_local,
  unknown_variable,
  bare_root,
  misplaced_reference,
  duplicate_variable,
  undeclared_variable,
  unset_variable,
  invalid_value,
  failed_validation,
  invalid_validation,
  sensitive_attribute,
  cannot_read_values,
  block_in_values,
  invalid_json,
  wrong_type,
  null_value,
  invalid_duration,
  invalid_task,
  invalid_status,
  invalid_working_dir,
  invalid_environment,
  invalid_url,
  invalid_branch,
  invalid_dependency,
  unknown_dependency,
  later_dependency,
  conflicting_git,
};

/// The stable name: "unknown-attribute".
[[nodiscard]] std::string_view name(Kind kind);

[[nodiscard]] std::span<const Kind> all_kinds();

}  // namespace manifest
