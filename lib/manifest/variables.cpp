#include "manifest/variables.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "manifest/attribute.h"
#include "manifest/decode_context.h"
#include "manifest/rules.h"
#include "manifest/sensitive_defaults.h"
#include "text/quote.h"

namespace manifest {
namespace {

std::optional<std::string> no_problem(std::string_view /*text*/) {
  return std::nullopt;
}

constexpr TextRule description_rule = {
    .kind = Kind::wrong_type, .noun = "description", .problem = no_problem};

}  // namespace

Variables::Variables(const std::vector<Document>& documents, const Evaluator& constants,
                     diagnostic::Diagnostics& diagnostics) {
  for (const Document& document : documents) {
    if (!document.syntax_errors.empty()) {
      values_.mark_incomplete();
    }
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (block.type.text == "variable" && !block.labels.empty()) {
        collect(block, document, constants, diagnostics);
      }
    }
  }
}

void Variables::collect(const hcl::Block& block, const Document& document,
                        const Evaluator& constants, diagnostic::Diagnostics& diagnostics) {
  const hcl::Label& label = block.labels.front();
  const Place place = {&document.file(), label.range};
  if (auto problem = identifier_problem(label.text)) {
    report(diagnostics, Kind::invalid_name, place,
           fmt::format("invalid variable name {}", text::quoted(label.text)), *std::move(problem));
    return;
  }
  if (!values_.declare(label.text)) {
    const Variable& first = variables_[index_.at(label.text)];
    auto& error = report(diagnostics, Kind::duplicate_variable, place,
                         fmt::format("duplicate variable \"{}\"", label.text),
                         "the names of variables are shared by all manifests");
    add_note(error, {&first.file(), first.name_range}, "it is declared here first");
    return;
  }
  const DecodeContext context = {.evaluator = constants, .diagnostics = diagnostics};
  const AttributeReader attributes(block, document, context);
  Variable variable = {
      .block = &block,
      .document = &document,
      .name = label.text,
      .name_range = label.range,
      .is_nullable = attributes.boolean("nullable").value_or(true),
      .is_sensitive = attributes.boolean("sensitive").value_or(may_be_sensitive(block))};
  if (const hcl::Attribute* type = block.body.find("type")) {
    variable.type = hcl::read_type(*type->value, document.file(), diagnostics);
  }
  static_cast<void>(attributes.text("description", description_rule, ""));
  index_.emplace(label.text, variables_.size());
  variables_.push_back(std::move(variable));
}

const Variable* Variables::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &variables_[found->second];
}

}  // namespace manifest
