#include "manifest/sensitive_defaults.h"

#include <algorithm>
#include <cstdint>
#include <variant>

namespace manifest {
namespace {

bool is_inside(diagnostic::Range range, const hcl::Block& block) {
  const std::uint32_t end = std::max(block.body.range.end, block.close_brace.end);
  return range.begin >= block.header.begin && range.begin <= end;
}

void mask_sensitive_default(const hcl::Block& block, Document& document, Masking& masking) {
  bool is_broken = false;
  for (diagnostic::Diagnostic& error : document.syntax_errors) {
    if (is_inside(error.range, block)) {
      mask_words(error);
      is_broken = true;
    }
  }
  if (is_broken) {
    masking.add(document.file(), block.body.range);
  } else if (const hcl::Attribute* attribute = block.body.find("default");
             attribute != nullptr && !only_names_source(*attribute->value)) {
    masking.add(document.file(), attribute->value->range);
  }
}

bool is_empty_string(const hcl::Expression& expression) {
  const auto* text = std::get_if<hcl::Template>(&expression.node);
  return text != nullptr && text->parts.empty();
}

}  // namespace

bool may_be_sensitive(const hcl::Block& block) {
  const hcl::Attribute* attribute = block.body.find("sensitive");
  if (attribute == nullptr) {
    return false;
  }
  const auto* literal = std::get_if<hcl::BoolLiteral>(&attribute->value->node);
  return literal == nullptr || literal->value;
}

bool only_names_source(const hcl::Expression& expression) {
  const auto* call = hcl::get_if<hcl::FunctionCall>(expression);
  if (call == nullptr || call->arguments.empty()) {
    return false;
  }
  const hcl::Expression& first = *call->arguments.front();
  const bool is_alone = call->arguments.size() == 1;
  if (call->name.text == "trimspace" || call->name.text == "chomp") {
    return is_alone && only_names_source(first);
  }
  const bool has_harmless_default = call->name.text == "env" && call->arguments.size() == 2 &&
                                    is_empty_string(*call->arguments[1]);
  return (call->name.text == "env" || call->name.text == "file") &&
         (is_alone || has_harmless_default) && hcl::constant_text(first).has_value();
}

void mask_sensitive_defaults(std::vector<Document>& documents, Masking& masking) {
  for (Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (block.type.text == "variable" && may_be_sensitive(block)) {
        mask_sensitive_default(block, document, masking);
      }
    }
  }
}

}  // namespace manifest
