// What can be wrong with an expression that is well formed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hcl::evaluation {

/// The kinds of diagnostics that evaluation gives.
enum class Kind : std::uint8_t {
  ambiguous_key,
  attribute_of_non_object,
  duplicate_key,
  function_failed,
  index_of_non_collection,
  index_out_of_range,
  invalid_argument,
  invalid_condition,
  invalid_default,
  invalid_expansion,
  invalid_index,
  invalid_interpolation,
  invalid_key,
  invalid_operand,
  invalid_type,
  mismatched_results,
  no_collection,
  number_out_of_range,
  step_into_null,
  too_few_arguments,
  too_many_arguments,
  too_many_steps,
  too_much_memory,
  undefined_result,
  unknown_attribute,
  unknown_function,
  unknown_type,
  unknown_variable,
  value_too_large,
};

/// The name as diagnostics carry it: "unknown-variable". In static storage.
[[nodiscard]] std::string_view name(Kind kind);

[[nodiscard]] std::span<const Kind> all_kinds();

}  // namespace hcl::evaluation
