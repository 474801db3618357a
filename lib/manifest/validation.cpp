#include "manifest/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "hcl/evaluate/evaluate.h"
#include "hcl/value/convert.h"

namespace manifest {
namespace {

/// One `validation` block.
class Validation {
 public:
  Validation(const hcl::Block& block, const Variable& variable, const Evaluator& evaluator,
             diagnostic::Diagnostics& diagnostics)
      : block_(block), variable_(variable), evaluator_(evaluator), diagnostics_(diagnostics) {}

  [[nodiscard]] bool holds(Place place);

 private:
  [[nodiscard]] std::optional<bool> evaluate_condition(const hcl::Expression& condition);
  [[nodiscard]] std::string evaluate_message();
  [[nodiscard]] bool is_about_variable(const hcl::Expression& condition) const;
  void report_invalid(const hcl::Expression& expression, std::string summary, std::string detail) {
    report(diagnostics_, Kind::invalid_validation, {&variable_.file(), expression.range},
           std::move(summary), std::move(detail));
  }

  const hcl::Block& block_;
  const Variable& variable_;
  const Evaluator& evaluator_;
  diagnostic::Diagnostics& diagnostics_;
};

bool Validation::holds(Place place) {
  std::string message = evaluate_message();
  const hcl::Attribute* condition = block_.body.find("condition");
  if (condition == nullptr || evaluate_condition(*condition->value).value_or(true)) {
    return true;
  }
  auto& error =
      report(diagnostics_, Kind::failed_validation, place,
             fmt::format("invalid value of variable \"{}\"", variable_.name), std::move(message));
  add_note(error, {&variable_.file(), condition->value->range}, "this rule does not hold");
  return false;
}

std::optional<bool> Validation::evaluate_condition(const hcl::Expression& condition) {
  const hcl::Value value =
      evaluator_.evaluate(condition, *variable_.document->source, diagnostics_);
  if (!is_about_variable(condition)) {
    report_invalid(condition, fmt::format("this rule does not mention \"{}\"", variable_.name),
                   fmt::format("a condition refers to var.{}", variable_.name));
    return std::nullopt;
  }
  if (value.is_unknown()) {
    return std::nullopt;
  }
  const std::optional<hcl::Value> flag = hcl::to_bool(value);
  if (!flag || flag->is_null()) {
    report_invalid(condition, "condition must be true or false",
                   fmt::format("this is {}", value.described_type()));
    return std::nullopt;
  }
  return *flag->as_bool();
}

/// Also where it is not needed: then what is wrong with it comes out before the day it is.
std::string Validation::evaluate_message() {
  const hcl::Attribute* attribute = block_.body.find("error_message");
  if (attribute == nullptr) {
    return "";
  }
  const hcl::Value value =
      evaluator_.evaluate(*attribute->value, *variable_.document->source, diagnostics_);
  if (value.is_unknown()) {
    return "";
  }
  if (value.holds_sensitive()) {
    return "its error_message is not shown, for it holds a sensitive value";
  }
  const std::optional<hcl::Value> text = hcl::to_string(value);
  if (!text || text->is_null()) {
    report_invalid(*attribute->value, "error_message must be a string",
                   fmt::format("this is {}", value.described_type()));
    return "";
  }
  return *text->as_string();
}

bool Validation::is_about_variable(const hcl::Expression& condition) const {
  return std::ranges::any_of(hcl::references(condition), [this](const hcl::Traversal* traversal) {
    return name_below(variables_root, *traversal) == variable_.name;
  });
}

}  // namespace

bool is_valid(const Variable& variable, Place place, const Evaluator& evaluator,
              diagnostic::Diagnostics& diagnostics) {
  bool holds = true;
  for (const hcl::Block& block : variable.block->body.blocks) {
    if (block.type.text == "validation") {
      holds = Validation(block, variable, evaluator, diagnostics).holds(place) && holds;
    }
  }
  return holds;
}

}  // namespace manifest
