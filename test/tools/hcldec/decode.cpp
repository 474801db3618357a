#include "tools/hcldec/decode.h"

#include <fmt/format.h>

#include <map>
#include <span>
#include <string>
#include <utility>

#include "hcl/evaluate/evaluate.h"
#include "hcl/value/convert.h"
#include "hcl/value/unify.h"
#include "text/quote.h"
#include "tools/hcldec/report.h"

namespace hcldec {
namespace {

bool is_block(SpecKind kind) {
  return kind == SpecKind::block || kind == SpecKind::block_list || kind == SpecKind::block_set ||
         kind == SpecKind::block_tuple || kind == SpecKind::block_map ||
         kind == SpecKind::block_attrs;
}

/// What a specification expects of one body.
struct Schema {
  std::map<std::string_view, const Spec*> attributes;
  std::map<std::string_view, const Spec*> blocks;

  void add(const Spec& spec) {
    if (spec.kind == SpecKind::attr) {
      attributes.emplace(spec.name, &spec);
    } else if (is_block(spec.kind)) {
      blocks.emplace(spec.name, &spec);
    } else {
      for (const Spec& nested : spec.nested) {
        add(nested);
      }
    }
  }
};

std::vector<const hcl::Block*> blocks_of(const hcl::Body& body, std::string_view type) {
  std::vector<const hcl::Block*> found;
  for (const hcl::Block& block : body.blocks) {
    if (block.type.text == type) {
      found.push_back(&block);
    }
  }
  return found;
}

class Decoder {
 public:
  Decoder(const hcl::Scope& scope, const diagnostic::SourceFile& source,
          diagnostic::Diagnostics& diagnostics)
      : scope_(&scope), source_(&source), diagnostics_(&diagnostics) {}

  hcl::Value body(const hcl::Body& body, const Spec& spec) {
    check(body, spec);
    return value(body, spec);
  }

 private:
  void check(const hcl::Body& body, const Spec& spec) {
    Schema schema;
    schema.add(spec);
    for (const hcl::Attribute& attribute : body.attributes) {
      if (!schema.attributes.contains(attribute.name.text)) {
        complain(attribute.name.range, "unexpected attribute " + text::quoted(attribute.name.text));
      }
    }
    for (const hcl::Block& block : body.blocks) {
      const auto expected = schema.blocks.find(block.type.text);
      if (expected == schema.blocks.end()) {
        complain(block.type.range, "unexpected block " + text::quoted(block.type.text));
      } else {
        check_labels(block, expected->second->labels.size());
      }
    }
  }

  void check_labels(const hcl::Block& block, std::size_t count) {
    if (block.labels.size() < count) {
      complain(block.open_brace, "missing label");
    } else if (block.labels.size() > count) {
      complain(block.labels[count].range, "unexpected label");
    }
  }

  hcl::Value value(const hcl::Body& body, const Spec& spec) {
    switch (spec.kind) {
      case SpecKind::object: {
        hcl::Members members;
        for (const Spec& nested : spec.nested) {
          members.insert_or_assign(nested.key, value(body, nested));
        }
        return hcl::Value::object(std::move(members));
      }
      case SpecKind::array: {
        hcl::Elements elements;
        for (const Spec& nested : spec.nested) {
          elements.push_back(value(body, nested));
        }
        return hcl::Value::tuple(std::move(elements));
      }
      case SpecKind::attr:
        return attribute(body, spec);
      case SpecKind::literal:
        return spec.value;
      case SpecKind::default_value:
        return first_given(body, spec);
      case SpecKind::transform:
        return transformed(body, spec);
      case SpecKind::block:
        return block(body, spec);
      case SpecKind::block_map:
        return block_map(body, spec);
      case SpecKind::block_attrs:
        return block_attributes(body, spec);
      default:
        return sequence(body, spec);
    }
  }

  hcl::Value attribute(const hcl::Body& body, const Spec& spec) {
    const hcl::Attribute* found = body.find(spec.name);
    if (found != nullptr) {
      return converted(*found, spec.type);
    }
    if (spec.is_required) {
      complain_at_beginning(body, "missing attribute " + text::quoted(spec.name));
    }
    return hcl::Value::null(spec.type);
  }

  hcl::Value converted(const hcl::Attribute& attribute, const hcl::Type& type) {
    const hcl::Value value = hcl::evaluate(*attribute.value, *scope_, *source_, *diagnostics_);
    const auto result = hcl::convert(value, type);
    if (!result) {
      complain(attribute.value->range, fmt::format("unsuitable value for {}: {}",
                                                   attribute.name.text, result.error().message));
      return hcl::Value::null(type);
    }
    return *result;
  }

  hcl::Value first_given(const hcl::Body& body, const Spec& spec) {
    for (const Spec& choice : spec.nested) {
      if (hcl::Value found = value(body, choice); !found.is_null()) {
        return found;
      }
    }
    return hcl::Value::null(implied_type(spec));
  }

  hcl::Value transformed(const hcl::Body& body, const Spec& spec) {
    hcl::Scope scope = *scope_;
    scope.set("nested", value(body, spec.nested.front()));
    return hcl::evaluate(*spec.result, scope, *source_, *diagnostics_);
  }

  hcl::Value block(const hcl::Body& body, const Spec& spec) {
    const auto found = blocks_of(body, spec.name);
    if (found.size() > 1) {
      complain(found[1]->header, "more than one block " + text::quoted(spec.name));
    }
    if (!found.empty()) {
      return this->body(found.front()->body, spec.nested.front());
    }
    if (spec.is_required) {
      complain_at_beginning(body, "missing block " + text::quoted(spec.name));
    }
    return hcl::Value::null(implied_type(spec));
  }

  hcl::Value sequence(const hcl::Body& body, const Spec& spec) {
    hcl::Elements elements;
    for (const hcl::Block* found : blocks_of(body, spec.name)) {
      elements.push_back(this->body(found->body, spec.nested.front()));
    }
    if (elements.size() < spec.min_items) {
      complain_at_beginning(body, fmt::format("at least {} blocks {} are needed", spec.min_items,
                                              text::quoted(spec.name)));
    } else if (spec.max_items != 0 && elements.size() > spec.max_items) {
      complain_at_beginning(
          blocks_of(body, spec.name)[spec.max_items]->body,
          fmt::format("more than {} blocks {}", spec.max_items, text::quoted(spec.name)));
    }
    if (spec.kind == SpecKind::block_tuple) {
      return hcl::Value::tuple(std::move(elements));
    }
    const hcl::Type element = unified(body, spec, elements);
    return spec.kind == SpecKind::block_set ? hcl::Value::set(element, std::move(elements))
                                            : hcl::Value::list(element, std::move(elements));
  }

  /// Gives the elements one type.
  hcl::Type unified(const hcl::Body& body, const Spec& spec, std::span<hcl::Value> elements) {
    std::vector<hcl::Type> types;
    for (const hcl::Value& element : elements) {
      types.push_back(element.type());
    }
    const auto type =
        types.empty() ? implied_type(spec.nested.front()) : hcl::unify(types, hcl::Safety::unsafe);
    if (!type) {
      complain_at_beginning(body, "blocks " + text::quoted(spec.name) + " differ in type");
      std::ranges::fill(elements, hcl::Value());
      return hcl::Type::any();
    }
    for (hcl::Value& element : elements) {
      element = hcl::convert(element, *type).value_or(hcl::Value::null(*type));
    }
    return *type;
  }

  hcl::Value block_map(const hcl::Body& body, const Spec& spec) {
    return labelled(blocks_of(body, spec.name), 0, spec);
  }

  /// A map by the label of that index, with a map by the next label for each.
  hcl::Value labelled(std::span<const hcl::Block* const> blocks, std::size_t index,
                      const Spec& spec) {
    std::map<std::string_view, std::vector<const hcl::Block*>> groups;
    for (const hcl::Block* block : blocks) {
      if (index < block->labels.size()) {
        groups[block->labels[index].text].push_back(block);
      }
    }
    const bool is_last = index + 1 == spec.labels.size();
    hcl::Members members;
    hcl::Type type = implied_type(spec);
    for (std::size_t i = 0; i <= index; ++i) {
      type = hcl::Type(type.element());
    }
    for (const auto& [label, group] : groups) {
      if (is_last && group.size() > 1) {
        complain(group[1]->header, "duplicate block " + text::quoted(label));
      }
      const hcl::Value value = is_last ? this->body(group.front()->body, spec.nested.front())
                                       : labelled(group, index + 1, spec);
      members.insert_or_assign(std::string(label),
                               hcl::convert(value, type).value_or(hcl::Value::null(type)));
    }
    return hcl::Value::map(type, std::move(members));
  }

  hcl::Value block_attributes(const hcl::Body& body, const Spec& spec) {
    const auto found = blocks_of(body, spec.name);
    if (found.empty()) {
      if (spec.is_required) {
        complain_at_beginning(body, "missing block " + text::quoted(spec.name));
      }
      return hcl::Value::null(implied_type(spec));
    }
    hcl::Members members;
    for (const hcl::Attribute& attribute : found.front()->body.attributes) {
      members.insert_or_assign(std::string(attribute.name.text), converted(attribute, spec.type));
    }
    return hcl::Value::map(spec.type, std::move(members));
  }

  void complain(hcl::Range range, std::string summary) {
    report(*diagnostics_, *source_, range, std::move(summary));
  }

  /// What is missing is missing at the beginning of the body, as the original has it: at the brace
  /// of a block.
  void complain_at_beginning(const hcl::Body& body, std::string summary) {
    const std::uint32_t begin = body.range.begin == 0 ? 0 : body.range.begin - 1;
    complain({begin, begin}, std::move(summary));
  }

  const hcl::Scope* scope_;
  const diagnostic::SourceFile* source_;
  diagnostic::Diagnostics* diagnostics_;
};

void collect(const hcl::Body& body, const Spec& spec, std::vector<const hcl::Attribute*>& found) {
  if (spec.kind == SpecKind::attr) {
    if (const hcl::Attribute* attribute = body.find(spec.name)) {
      found.push_back(attribute);
    }
    return;
  }
  if (!is_block(spec.kind)) {
    for (const Spec& nested : spec.nested) {
      collect(body, nested, found);
    }
    return;
  }
  for (const hcl::Block* block : blocks_of(body, spec.name)) {
    if (spec.kind != SpecKind::block_attrs) {
      collect(block->body, spec.nested.front(), found);
      continue;
    }
    for (const hcl::Attribute& attribute : block->body.attributes) {
      found.push_back(&attribute);
    }
  }
}

}  // namespace

hcl::Value decode(const hcl::Body& body, const Spec& spec, const hcl::Scope& scope,
                  const diagnostic::SourceFile& source, diagnostic::Diagnostics& diagnostics) {
  return Decoder(scope, source, diagnostics).body(body, spec);
}

std::vector<const hcl::Attribute*> attributes(const hcl::Body& body, const Spec& spec) {
  std::vector<const hcl::Attribute*> found;
  collect(body, spec, found);
  return found;
}

}  // namespace hcldec
