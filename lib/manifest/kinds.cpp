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
    case Kind::unsupported_variable:
      return "unsupported-variable";
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
    case Kind::wrong_type:
      return "wrong-type";
    case Kind::null_value:
      return "null-value";
    case Kind::invalid_duration:
      return "invalid-duration";
    case Kind::invalid_task:
      return "invalid-task";
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
      Kind::cannot_read_manifest, Kind::no_manifest,          Kind::unknown_block,
      Kind::unknown_attribute,    Kind::misplaced_attribute,  Kind::attribute_for_block,
      Kind::block_for_attribute,  Kind::missing_attribute,    Kind::duplicate_block,
      Kind::wrong_labels,         Kind::unsupported_variable, Kind::invalid_name,
      Kind::duplicate_resource,   Kind::duplicate_local,      Kind::local_cycle,
      Kind::unknown_local,        Kind::unknown_variable,     Kind::wrong_type,
      Kind::null_value,           Kind::invalid_duration,     Kind::invalid_task,
      Kind::invalid_working_dir,  Kind::invalid_environment,  Kind::invalid_url,
      Kind::invalid_branch,       Kind::invalid_dependency,   Kind::unknown_dependency,
      Kind::later_dependency,     Kind::conflicting_git,
  };
  return kinds;
}

}  // namespace manifest
