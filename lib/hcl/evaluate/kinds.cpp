#include "hcl/evaluate/kinds.h"

#include <array>
#include <cstddef>

namespace hcl::evaluation {
namespace {

struct NamedKind {
  Kind kind;
  std::string_view name;
};

// In the order of the enumeration.
constexpr std::array named_kinds = {
    NamedKind{Kind::ambiguous_key, "ambiguous-key"},
    NamedKind{Kind::attribute_of_non_object, "attribute-of-non-object"},
    NamedKind{Kind::duplicate_key, "duplicate-key"},
    NamedKind{Kind::function_failed, "function-failed"},
    NamedKind{Kind::index_of_non_collection, "index-of-non-collection"},
    NamedKind{Kind::index_out_of_range, "index-out-of-range"},
    NamedKind{Kind::invalid_argument, "invalid-argument"},
    NamedKind{Kind::invalid_condition, "invalid-condition"},
    NamedKind{Kind::invalid_default, "invalid-default"},
    NamedKind{Kind::invalid_expansion, "invalid-expansion"},
    NamedKind{Kind::invalid_index, "invalid-index"},
    NamedKind{Kind::invalid_interpolation, "invalid-interpolation"},
    NamedKind{Kind::invalid_key, "invalid-key"},
    NamedKind{Kind::invalid_operand, "invalid-operand"},
    NamedKind{Kind::invalid_type, "invalid-type"},
    NamedKind{Kind::mismatched_results, "mismatched-results"},
    NamedKind{Kind::no_collection, "no-collection"},
    NamedKind{Kind::number_out_of_range, "number-out-of-range"},
    NamedKind{Kind::step_into_null, "step-into-null"},
    NamedKind{Kind::too_few_arguments, "too-few-arguments"},
    NamedKind{Kind::too_many_arguments, "too-many-arguments"},
    NamedKind{Kind::too_many_steps, "too-many-steps"},
    NamedKind{Kind::too_much_memory, "too-much-memory"},
    NamedKind{Kind::undefined_result, "undefined-result"},
    NamedKind{Kind::unknown_attribute, "unknown-attribute"},
    NamedKind{Kind::unknown_function, "unknown-function"},
    NamedKind{Kind::unknown_type, "unknown-type"},
    NamedKind{Kind::unknown_variable, "unknown-variable"},
    NamedKind{Kind::value_too_large, "value-too-large"},
};

constexpr auto kinds = [] {
  std::array<Kind, named_kinds.size()> result{};
  for (std::size_t i = 0; i < named_kinds.size(); ++i) {
    result[i] = named_kinds[i].kind;
  }
  return result;
}();

}  // namespace

std::string_view name(Kind kind) {
  return named_kinds[static_cast<std::size_t>(kind)].name;
}

std::span<const Kind> all_kinds() {
  return kinds;
}

}  // namespace hcl::evaluation
