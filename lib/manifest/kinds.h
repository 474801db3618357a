// The kinds of diagnostics that reading and decoding a manifest can give.
#pragma once

#include "diagnostic/kinds.h"

namespace manifest {

#define MANIFEST_KINDS(KIND)                         \
  KIND(cannot_read_manifest, "cannot-read-manifest") \
  KIND(no_manifest, "no-manifest")                   \
  KIND(include_absent, "include-absent")             \
  KIND(duplicate_include, "duplicate-include")       \
  KIND(nested_include, "nested-include")             \
  KIND(invalid_path, "invalid-path")                 \
  KIND(unknown_block, "unknown-block")               \
  KIND(unknown_attribute, "unknown-attribute")       \
  KIND(misplaced_attribute, "misplaced-attribute")   \
  KIND(attribute_for_block, "attribute-for-block")   \
  KIND(block_for_attribute, "block-for-attribute")   \
  KIND(missing_attribute, "missing-attribute")       \
  KIND(duplicate_block, "duplicate-block")           \
  KIND(wrong_labels, "wrong-labels")                 \
  KIND(invalid_name, "invalid-name")                 \
  KIND(duplicate_resource, "duplicate-resource")     \
  KIND(duplicate_local, "duplicate-local")           \
  KIND(local_cycle, "local-cycle")                   \
  KIND(unknown_local, "unknown-local")               \
  KIND(unknown_variable, "unknown-variable")         \
  KIND(bare_root, "bare-root")                       \
  KIND(misplaced_reference, "misplaced-reference")   \
  KIND(duplicate_variable, "duplicate-variable")     \
  KIND(undeclared_variable, "undeclared-variable")   \
  KIND(unset_variable, "unset-variable")             \
  KIND(invalid_value, "invalid-value")               \
  KIND(failed_validation, "failed-validation")       \
  KIND(invalid_validation, "invalid-validation")     \
  KIND(sensitive_attribute, "sensitive-attribute")   \
  KIND(cannot_read_values, "cannot-read-values")     \
  KIND(block_in_values, "block-in-values")           \
  KIND(invalid_json, "invalid-json")                 \
  KIND(wrong_type, "wrong-type")                     \
  KIND(null_value, "null-value")                     \
  KIND(invalid_duration, "invalid-duration")         \
  KIND(invalid_task, "invalid-task")                 \
  KIND(invalid_status, "invalid-status")             \
  KIND(invalid_outcome, "invalid-outcome")           \
  KIND(invalid_working_dir, "invalid-working-dir")   \
  KIND(invalid_environment, "invalid-environment")   \
  KIND(invalid_url, "invalid-url")                   \
  KIND(invalid_branch, "invalid-branch")             \
  KIND(invalid_tag, "invalid-tag")                   \
  KIND(invalid_commit, "invalid-commit")             \
  KIND(two_revisions, "two-revisions")               \
  KIND(misplaced_move, "misplaced-move")             \
  KIND(invalid_retry, "invalid-retry")               \
  KIND(invalid_verify, "invalid-verify")             \
  KIND(invalid_dependency, "invalid-dependency")     \
  KIND(unknown_dependency, "unknown-dependency")     \
  KIND(dependency_cycle, "dependency-cycle")         \
  KIND(conflicting_git, "conflicting-git")           \
  KIND(invalid_command, "invalid-command")           \
  KIND(invalid_user, "invalid-user")                 \
  KIND(empty_task, "empty-task")                     \
  KIND(unheard_alert, "unheard-alert")               \
  KIND(invalid_label, "invalid-label")               \
  KIND(duplicate_host, "duplicate-host")             \
  KIND(included_host, "included-host")               \
  KIND(invalid_unit, "invalid-unit")                 \
  KIND(invalid_choice, "invalid-choice")             \
  KIND(misplaced_git, "misplaced-git")               \
  KIND(invalid_version, "invalid-version")           \
  KIND(unsupported_version, "unsupported-version")

DEFINE_DIAGNOSTIC_KINDS(MANIFEST_KINDS)

}  // namespace manifest
