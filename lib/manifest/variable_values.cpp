#include "manifest/variable_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "hcl/syntax/parser.h"
#include "hcl/value/convert.h"
#include "manifest/assignment.h"
#include "manifest/evaluator.h"
#include "manifest/sensitive_defaults.h"
#include "manifest/validation.h"
#include "text/distance.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace manifest {
namespace {

constexpr std::string_view environment_prefix = "FLUKE_VAR_";

constexpr std::string_view constants_rule =
    "a default, and a value that is given, may call functions but refers to nothing else";

/// A value and where it was written.
struct Candidate {
  Place place;
  hcl::Value value;
};

class Resolver {
 public:
  Resolver(Variables& variables, const Outside& outside, FunctionTable& functions, Masking& masking,
           diagnostic::Diagnostics& diagnostics)
      : variables_(variables),
        outside_(outside),
        constants_(functions, {.rule = constants_rule, .types = outside.types}),
        functions_(functions),
        masking_(masking),
        diagnostics_(diagnostics) {}

  void assign();
  void set_all();
  [[nodiscard]] SourceFiles take_texts() &&;

 private:
  void assign_one(const Assignment& assignment);
  void report_undeclared(const Assignment& assignment);
  void look_up(const Variable& variable);
  void hide(const Assignment& assignment) {
    const auto* expression = std::get_if<const hcl::Expression*>(&assignment.value);
    if (expression == nullptr || !only_names_source(**expression)) {
      masking_.add(assignment.file(), assignment.value_range);
    }
  }

  [[nodiscard]] std::optional<Candidate> find_value(const Variable& variable);
  [[nodiscard]] hcl::Value default_of(const Variable& variable, bool is_needed);
  [[nodiscard]] hcl::Value given_for(const Variable& variable, const Assignment& assignment);
  [[nodiscard]] hcl::Value read_plain(const Variable& variable, const Assignment& assignment);
  [[nodiscard]] hcl::Value parse_plain(const Assignment& assignment,
                                       diagnostic::Diagnostics& problems);
  [[nodiscard]] hcl::Value converted(const Variable& variable, const hcl::Value& value,
                                     Place place);
  void adopt(const Variable& variable, diagnostic::Diagnostics problems,
             const hcl::Expression* expression = nullptr);
  void report_unset(const Variable& variable);

  Variables& variables_;
  const Outside& outside_;
  Evaluator constants_;
  FunctionTable& functions_;
  Masking& masking_;
  diagnostic::Diagnostics& diagnostics_;

  std::optional<Assignments> assignments_;
  std::deque<Given> from_environment_;
  std::deque<Assignment> environment_assignments_;
  std::unordered_map<std::string_view, const Assignment*> given_;
};

void Resolver::assign() {
  diagnostic::Diagnostics problems;
  assignments_.emplace(outside_.given, problems);
  const bool has_secrets = std::ranges::any_of(variables_.all(), &Variable::is_sensitive);
  for (diagnostic::Diagnostic& problem : problems) {
    if (has_secrets) {
      // Where a text is not understood, any part of it may be the secret.
      mask_words(problem);
      masking_.add(*problem.file, {0, static_cast<std::uint32_t>(problem.file->text().size())});
    }
  }
  std::ranges::move(problems, std::back_inserter(diagnostics_));
  for (const Assignment& assignment : assignments_->all()) {
    assign_one(assignment);
  }
  for (const Variable& variable : variables_.all()) {
    look_up(variable);
  }
}

void Resolver::assign_one(const Assignment& assignment) {
  const Variable* variable = variables_.find(assignment.name);
  if (variable == nullptr) {
    // It may be the secret of a variable whose name was misspelt.
    hide(assignment);
    if (variables_.values().is_complete()) {
      report_undeclared(assignment);
    }
    return;
  }
  if (variable->is_sensitive) {
    hide(assignment);
  }
  given_.insert_or_assign(variable->name, &assignment);
}

void Resolver::report_undeclared(const Assignment& assignment) {
  std::string detail = "no variable block declares it";
  if (const auto near = text::nearest(assignment.name, std::span(variables_.values().names()))) {
    detail += fmt::format("; did you mean \"{}\"?", *near);
  }
  auto& problem =
      report(diagnostics_, Kind::undeclared_variable, assignment.name_place(),
             fmt::format("unknown variable {}", text::quoted(assignment.name)), std::move(detail));
  // A file of values may be meant for several manifests.
  if (assignment.given->form != Given::Form::option) {
    problem.severity = diagnostic::Severity::warning;
  }
}

void Resolver::look_up(const Variable& variable) {
  const std::string name = fmt::format("{}{}", environment_prefix, variable.name);
  const std::optional<std::string> value = outside_.environment(name);
  if (!value || given_.contains(variable.name)) {
    return;
  }
  const Given& given = from_environment_.emplace_back(
      Given{.form = Given::Form::environment,
            .source = Source(name, fmt::format("{}={}", name, *value), {})});
  const Assignment& assignment =
      environment_assignments_.emplace_back(plain_assignment(given, variable.name));
  if (variable.is_sensitive) {
    hide(assignment);
  }
  given_.emplace(variable.name, &assignment);
}

void Resolver::set_all() {
  std::vector<std::pair<const Variable*, Place>> set;
  for (const Variable& variable : variables_.all()) {
    if (std::optional<Candidate> found = find_value(variable)) {
      variables_.set(variable.name, found->value.marked_sensitive(variable.is_sensitive));
      set.emplace_back(&variable, found->place);
    }
  }
  Evaluator rules(functions_, {.variables = &variables_.values(),
                               .rule = "a rule refers to variables only",
                               .types = outside_.types});
  for (const auto& [variable, place] : set) {
    if (!is_valid(*variable, place, rules, diagnostics_)) {
      variables_.set(variable->name, hcl::Value::unknown());
    }
  }
}

/// Nothing if there is no value, after a diagnostic.
std::optional<Candidate> Resolver::find_value(const Variable& variable) {
  const auto given = given_.find(variable.name);
  const bool is_given = given != given_.end();
  const hcl::Expression* fallback = variable.default_value();
  hcl::Value default_value = fallback == nullptr ? hcl::Value() : default_of(variable, !is_given);
  if (is_given) {
    const Assignment& assignment = *given->second;
    hcl::Value value = given_for(variable, assignment);
    if (!value.is_null() || variable.is_nullable) {
      return Candidate{assignment.place(), std::move(value)};
    }
    if (fallback == nullptr) {
      report(diagnostics_, Kind::null_value, assignment.place(),
             fmt::format("variable \"{}\" is null", variable.name),
             "its block says nullable = false");
      return std::nullopt;
    }
  } else if (fallback == nullptr) {
    report_unset(variable);
    return std::nullopt;
  }
  return Candidate{{&variable.file(), fallback->range}, std::move(default_value)};
}

/// A default that is not needed may fail, for want of an environment variable for example.
hcl::Value Resolver::default_of(const Variable& variable, bool is_needed) {
  const hcl::Expression& expression = *variable.default_value();
  const Place place = {&variable.file(), expression.range};
  diagnostic::Diagnostics problems;
  const hcl::Value value = constants_.evaluate(expression, *variable.document->source, problems);
  if (is_needed) {
    adopt(variable, std::move(problems), &expression);
  }
  if (value.is_null() && !variable.is_nullable) {
    report(diagnostics_, Kind::null_value, place,
           fmt::format("the default of variable \"{}\" is null", variable.name),
           "its block says nullable = false");
    return hcl::Value::unknown();
  }
  return converted(variable, value, place);
}

hcl::Value Resolver::given_for(const Variable& variable, const Assignment& assignment) {
  if (std::holds_alternative<PlainText>(assignment.value)) {
    return converted(variable, read_plain(variable, assignment), assignment.place());
  }
  if (const auto* value = std::get_if<hcl::Value>(&assignment.value)) {
    return converted(variable, *value, assignment.place());
  }
  diagnostic::Diagnostics problems;
  const auto* expression = std::get<const hcl::Expression*>(assignment.value);
  const hcl::Value value = constants_.evaluate(*expression, assignment.given->source, problems);
  adopt(variable, std::move(problems), expression);
  return converted(variable, value, assignment.place());
}

/// Text is taken literally where a primitive value is wanted, or the variable does not say what it
/// wants, and is an expression otherwise.
hcl::Value Resolver::read_plain(const Variable& variable, const Assignment& assignment) {
  const PlainText text = std::get<PlainText>(assignment.value);
  const bool is_literal =
      variable.block->body.find("type") == nullptr || variable.type.type.is_primitive();
  diagnostic::Diagnostics problems;
  hcl::Value value = hcl::Value::unknown();
  if (!is_literal) {
    value = parse_plain(assignment, problems);
  } else if (text::find_invalid_utf8(text)) {
    report(problems, Kind::invalid_value, assignment.place(),
           fmt::format("invalid value of variable \"{}\"", variable.name),
           "it holds bytes that are not UTF-8");
  } else {
    value = hcl::Value::string(text);
  }
  const std::size_t adopted = diagnostics_.size();
  adopt(variable, std::move(problems));
  for (std::size_t i = adopted; !is_literal && i < diagnostics_.size(); ++i) {
    add_note(diagnostics_[i], {&variable.file(), variable.block->body.find("type")->value->range},
             "a value of this type is written as an expression");
  }
  return value;
}

/// `NAME=VALUE` is an attribute, the only one of a file.
hcl::Value Resolver::parse_plain(const Assignment& assignment, diagnostic::Diagnostics& problems) {
  hcl::ParseResult parsed = hcl::parse(assignment.file());
  const hcl::Body& body = parsed.file.body;
  if (!parsed.diagnostics.empty()) {
    // What follows the first mistake is read as further attributes, which it is not.
    problems.push_back(std::move(parsed.diagnostics.front()));
    return hcl::Value::unknown();
  }
  if (body.attributes.size() + body.blocks.size() > 1) {
    report(problems, Kind::invalid_value, assignment.place(),
           fmt::format("more than one value for variable \"{}\"", assignment.name),
           "it takes one expression");
    return hcl::Value::unknown();
  }
  return constants_.evaluate(*body.attributes[0].value, assignment.given->source, problems);
}

hcl::Value Resolver::converted(const Variable& variable, const hcl::Value& value, Place place) {
  tl::expected<hcl::Value, hcl::ConversionError> result = hcl::convert(value, variable.type);
  if (result) {
    return *std::move(result);
  }
  const auto& [path, message] = result.error();
  // The path may hold a key of the value.
  const bool has_path = !path.empty() && !variable.is_sensitive;
  auto& error = report(diagnostics_, Kind::invalid_value, place,
                       fmt::format("invalid value of variable \"{}\"", variable.name),
                       has_path ? fmt::format("{}: {}", path, message) : message);
  add_note(error, {&variable.file(), variable.block->body.find("type")->value->range},
           "its type is declared here");
  return hcl::Value::unknown();
}

/// `expression` is what was evaluated, or null.
void Resolver::adopt(const Variable& variable, diagnostic::Diagnostics problems,
                     const hcl::Expression* expression) {
  const bool may_tell = expression == nullptr || !only_names_source(*expression);
  for (diagnostic::Diagnostic& problem : problems) {
    if (variable.is_sensitive && may_tell) {
      mask_words(problem);
    }
    diagnostics_.push_back(std::move(problem));
  }
}

void Resolver::report_unset(const Variable& variable) {
  report(diagnostics_, Kind::unset_variable, {&variable.file(), variable.block->header},
         fmt::format("variable \"{}\" is not set", variable.name),
         fmt::format("set it with --var {0}=..., in a file for --var-file, or as {1}{0} in the "
                     "environment; or give it a default",
                     variable.name, environment_prefix));
}

SourceFiles Resolver::take_texts() && {
  SourceFiles texts;
  for (Given& given : from_environment_) {
    texts.push_back(std::move(given.source.file));
  }
  return texts;
}

}  // namespace

SourceFiles resolve(Variables& variables, const Outside& outside, FunctionTable& functions,
                    Masking& masking, diagnostic::Diagnostics& diagnostics) {
  Resolver resolver(variables, outside, functions, masking, diagnostics);
  resolver.assign();
  resolver.set_all();
  return std::move(resolver).take_texts();
}

}  // namespace manifest
