#include "manifest/dependencies.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "hcl/value/convert.h"
#include "manifest/report.h"
#include "manifest/resource_name.h"
#include "manifest/rules.h"

namespace manifest {
namespace {

/// Whether what stands before the dot can name a resource or several.
bool names_resources(std::string_view root, ResourceTypes types) {
  return root == task_block || find_type(types, root) != nullptr;
}

/// An entry, taken apart and not yet evaluated.
struct Reference {
  std::string_view type;
  std::string_view block;
  /// Null where there is none.
  const hcl::Expression* key = nullptr;
};

/// `TYPE.NAME` or `TYPE["NAME"]`, and perhaps `[KEY]` behind it.
std::optional<Reference> find_reference(const hcl::Expression& entry, ResourceTypes types) {
  const auto* traversal = std::get_if<hcl::Traversal>(&entry.node);
  if (traversal == nullptr || !names_resources(traversal->root.text, types) ||
      traversal->steps.empty() || traversal->steps.size() > 2) {
    return std::nullopt;
  }
  Reference reference{.type = traversal->root.text};
  if (traversal->steps.size() == 2) {
    const auto* key = std::get_if<hcl::IndexStep>(&traversal->steps[1].step);
    if (key == nullptr) {
      return std::nullopt;
    }
    reference.key = key->key;
  }
  const auto& name = traversal->steps[0].step;
  if (const auto* attribute = std::get_if<hcl::AttributeStep>(&name)) {
    reference.block = attribute->name.text;
    return reference;
  }
  const auto* index = std::get_if<hcl::IndexStep>(&name);
  const auto text = index == nullptr ? std::nullopt : hcl::constant_text(*index->key);
  if (!text) {
    return std::nullopt;
  }
  reference.block = *text;
  return reference;
}

class DependencyReader {
 public:
  /// `type` is that of the block, whose neighbours are most likely of the same.
  DependencyReader(std::string_view type, const Document& document, const DecodeContext& context)
      : type_(type), document_(document), context_(context) {}

  [[nodiscard]] std::vector<Dependency> read(const hcl::Expression& list) const;

 private:
  [[nodiscard]] std::optional<Dependency> read_entry(const hcl::Expression& entry) const;
  [[nodiscard]] std::string hint_for(const hcl::Expression& entry) const;
  /// Of the block of that name in this manifest, if there is one.
  [[nodiscard]] std::optional<std::string_view> type_of_block(std::string_view name) const;
  [[nodiscard]] std::optional<Reference> read_reference(const hcl::Expression& entry) const {
    return find_reference(entry, context_.evaluator.types());
  }
  [[nodiscard]] std::optional<std::string> evaluate_key(const hcl::Expression& key) const;
  void add(Kind kind, diagnostic::Range range, std::string summary, std::string detail) const {
    report(context_.diagnostics, kind, {&document_.file(), range}, std::move(summary),
           std::move(detail));
  }

  std::string_view type_;
  const Document& document_;
  const DecodeContext& context_;
};

/// What to write instead of an entry that is no reference.
std::string DependencyReader::hint_for(const hcl::Expression& entry) const {
  const std::optional<std::string_view> text = hcl::constant_text(entry);
  if (text && !resource_name_problem(*text)) {
    return fmt::format("write {}, without quotes around it",
                       reference_to(type_of_block(*text).value_or(type_), *text));
  }
  if (const auto* splat = hcl::get_if<hcl::Splat>(entry)) {
    if (const auto whole = read_reference(*splat->source)) {
      return fmt::format("write {}, which is all of its instances",
                         reference_to(whole->type, whole->block));
    }
  }
  const auto* traversal = std::get_if<hcl::Traversal>(&entry.node);
  if (traversal != nullptr && traversal->steps.empty() &&
      !names_resources(traversal->root.text, context_.evaluator.types())) {
    return fmt::format("write {}", reference_to(type_, traversal->root.text));
  }
  return fmt::format("write {0}.NAME, or {0}[\"NAME\"] where the name has a dot in it", type_);
}

std::optional<std::string_view> DependencyReader::type_of_block(std::string_view name) const {
  for (const hcl::Block& block : document_.tree.body.blocks) {
    if (names_resources(block.type.text, context_.evaluator.types()) && !block.labels.empty() &&
        block.labels[0].text == name) {
      return block.type.text;
    }
  }
  return std::nullopt;
}

std::vector<Dependency> DependencyReader::read(const hcl::Expression& list) const {
  std::vector<Dependency> found;
  const auto* tuple = std::get_if<hcl::Tuple>(&list.node);
  if (tuple == nullptr) {
    const auto reference = read_reference(list);
    add(Kind::invalid_dependency, list.range, "depends_on must be a list of resources",
        reference && reference->key == nullptr
            ? fmt::format("write [{}]", reference_to(reference->type, reference->block))
            : fmt::format("write [{}.NAME]", type_));
    return found;
  }
  for (const hcl::Expression* entry : tuple->elements) {
    if (std::optional<Dependency> dependency = read_entry(*entry)) {
      found.push_back(*std::move(dependency));
    }
  }
  return found;
}

std::optional<Dependency> DependencyReader::read_entry(const hcl::Expression& entry) const {
  if (std::holds_alternative<hcl::InvalidExpression>(entry.node)) {
    return std::nullopt;
  }
  const std::optional<Reference> reference = read_reference(entry);
  if (!reference) {
    add(Kind::invalid_dependency, entry.range, "this names no resource", hint_for(entry));
    return std::nullopt;
  }
  Dependency dependency{.type = reference->type,
                        .block = reference->block,
                        .key = std::nullopt,
                        .range = entry.range};
  if (reference->key != nullptr) {
    dependency.key = evaluate_key(*reference->key);
    if (!dependency.key) {
      return std::nullopt;
    }
  }
  return dependency;
}

std::optional<std::string> DependencyReader::evaluate_key(const hcl::Expression& key) const {
  const hcl::Value value =
      context_.evaluator.evaluate(key, *document_.source, context_.diagnostics, context_.each);
  if (value.is_unknown()) {
    return std::nullopt;
  }
  if (value.is_sensitive()) {
    add(Kind::sensitive_attribute, key.range, "this key is made of a sensitive value",
        "it is part of a name, which is shown in reports");
    return std::nullopt;
  }
  const std::optional<hcl::Value> text = hcl::to_string(value);
  if (!text || text->is_null()) {
    add(Kind::invalid_dependency, key.range, "the key of a resource must be a string",
        fmt::format("this is {}", value.described_type()));
    return std::nullopt;
  }
  return *text->as_string();
}

}  // namespace

std::vector<Dependency> read_dependencies(const hcl::Block& block, const Document& document,
                                          const DecodeContext& context) {
  const hcl::Attribute* attribute = block.body.find("depends_on");
  if (attribute == nullptr || std::holds_alternative<hcl::NullLiteral>(attribute->value->node) ||
      std::holds_alternative<hcl::InvalidExpression>(attribute->value->node)) {
    return {};
  }
  return DependencyReader(block.type.text, document, context).read(*attribute->value);
}

}  // namespace manifest
