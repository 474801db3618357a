// What can be wrong with an expression that is well formed.
#pragma once

#include "diagnostic/kinds.h"

namespace hcl::evaluation {

#define HCL_EVALUATION_KINDS(KIND)                         \
  KIND(ambiguous_key, "ambiguous-key")                     \
  KIND(attribute_of_non_object, "attribute-of-non-object") \
  KIND(duplicate_key, "duplicate-key")                     \
  KIND(function_failed, "function-failed")                 \
  KIND(index_of_non_collection, "index-of-non-collection") \
  KIND(index_out_of_range, "index-out-of-range")           \
  KIND(invalid_argument, "invalid-argument")               \
  KIND(invalid_condition, "invalid-condition")             \
  KIND(invalid_default, "invalid-default")                 \
  KIND(invalid_expansion, "invalid-expansion")             \
  KIND(invalid_index, "invalid-index")                     \
  KIND(invalid_interpolation, "invalid-interpolation")     \
  KIND(invalid_key, "invalid-key")                         \
  KIND(invalid_operand, "invalid-operand")                 \
  KIND(invalid_type, "invalid-type")                       \
  KIND(mismatched_results, "mismatched-results")           \
  KIND(no_collection, "no-collection")                     \
  KIND(number_out_of_range, "number-out-of-range")         \
  KIND(step_into_null, "step-into-null")                   \
  KIND(too_few_arguments, "too-few-arguments")             \
  KIND(too_many_arguments, "too-many-arguments")           \
  KIND(too_many_steps, "too-many-steps")                   \
  KIND(too_much_memory, "too-much-memory")                 \
  KIND(undefined_result, "undefined-result")               \
  KIND(unknown_attribute, "unknown-attribute")             \
  KIND(unknown_function, "unknown-function")               \
  KIND(unknown_type, "unknown-type")                       \
  KIND(unknown_variable, "unknown-variable")               \
  KIND(value_too_large, "value-too-large")

DEFINE_DIAGNOSTIC_KINDS(HCL_EVALUATION_KINDS)

}  // namespace hcl::evaluation
