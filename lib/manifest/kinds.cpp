#include "manifest/kinds.h"

#include <array>

namespace manifest {

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::cannot_read_manifest:
      return "cannot-read-manifest";
    case Kind::no_manifest:
      return "no-manifest";
    case Kind::unknown_block:
      return "unknown-block";
    case Kind::unknown_attribute:
      return "unknown-attribute";
    case Kind::misplaced_attribute:
      return "misplaced-attribute";
    case Kind::attribute_for_block:
      return "attribute-for-block";
    case Kind::block_for_attribute:
      return "block-for-attribute";
    case Kind::missing_attribute:
      return "missing-attribute";
    case Kind::duplicate_block:
      return "duplicate-block";
    case Kind::wrong_labels:
      return "wrong-labels";
    case Kind::invalid_name:
      return "invalid-name";
    case Kind::duplicate_resource:
      return "duplicate-resource";
    case Kind::duplicate_local:
      return "duplicate-local";
    case Kind::local_cycle:
      return "local-cycle";
    case Kind::unknown_local:
      return "unknown-local";
    case Kind::unknown_variable:
      return "unknown-variable";
    case Kind::bare_root:
      return "bare-root";
    case Kind::misplaced_reference:
      return "misplaced-reference";
    case Kind::duplicate_variable:
      return "duplicate-variable";
    case Kind::undeclared_variable:
      return "undeclared-variable";
    case Kind::unset_variable:
      return "unset-variable";
    case Kind::invalid_value:
      return "invalid-value";
    case Kind::failed_validation:
      return "failed-validation";
    case Kind::invalid_validation:
      return "invalid-validation";
    case Kind::sensitive_attribute:
      return "sensitive-attribute";
    case Kind::cannot_read_values:
      return "cannot-read-values";
    case Kind::block_in_values:
      return "block-in-values";
    case Kind::invalid_json:
      return "invalid-json";
    case Kind::wrong_type:
      return "wrong-type";
    case Kind::null_value:
      return "null-value";
    case Kind::invalid_duration:
      return "invalid-duration";
    case Kind::invalid_task:
      return "invalid-task";
    case Kind::invalid_status:
      return "invalid-status";
    case Kind::invalid_working_dir:
      return "invalid-working-dir";
    case Kind::invalid_environment:
      return "invalid-environment";
    case Kind::invalid_url:
      return "invalid-url";
    case Kind::invalid_branch:
      return "invalid-branch";
    case Kind::invalid_dependency:
      return "invalid-dependency";
    case Kind::unknown_dependency:
      return "unknown-dependency";
    case Kind::later_dependency:
      return "later-dependency";
    case Kind::conflicting_git:
      return "conflicting-git";
  }
  return {};
}

std::span<const Kind> all_kinds() {
  static constexpr std::array kinds = {
      Kind::cannot_read_manifest, Kind::no_manifest,         Kind::unknown_block,
      Kind::unknown_attribute,    Kind::misplaced_attribute, Kind::attribute_for_block,
      Kind::block_for_attribute,  Kind::missing_attribute,   Kind::duplicate_block,
      Kind::wrong_labels,         Kind::invalid_name,        Kind::duplicate_resource,
      Kind::duplicate_local,      Kind::local_cycle,         Kind::unknown_local,
      Kind::unknown_variable,     Kind::bare_root,           Kind::misplaced_reference,
      Kind::duplicate_variable,   Kind::undeclared_variable, Kind::unset_variable,
      Kind::invalid_value,        Kind::failed_validation,   Kind::invalid_validation,
      Kind::sensitive_attribute,  Kind::cannot_read_values,  Kind::block_in_values,
      Kind::invalid_json,         Kind::wrong_type,          Kind::null_value,
      Kind::invalid_duration,     Kind::invalid_task,        Kind::invalid_working_dir,
      Kind::invalid_environment,  Kind::invalid_url,         Kind::invalid_branch,
      Kind::invalid_dependency,   Kind::unknown_dependency,  Kind::later_dependency,
      Kind::conflicting_git,      Kind::invalid_status,
  };
  return kinds;
}

}  // namespace manifest
