#include "manifest/resource_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "manifest/instance_problems.h"
#include "manifest/instances.h"
#include "manifest/report.h"
#include "manifest/resource_name.h"
#include "manifest/rules.h"
#include "manifest/schema.h"
#include "text/quote.h"

namespace manifest {
namespace {

class BlockDecoder {
 public:
  BlockDecoder(const hcl::Block& block, const ResourceType& type, const Document& document,
               const DecodeContext& context, Declarations& declared)
      : block_(block), type_(type), document_(document), context_(context), declared_(declared) {}

  void decode();

 private:
  void add(std::string name, const DecodeContext& context);
  void decode_name();
  void decode_instances(const hcl::Attribute& for_each);
  void decode_each(const hcl::Attribute& for_each, const std::vector<Instance>& instances);
  void decode_unknown();
  void check_unused();
  void check_names(const hcl::Body& body);
  [[nodiscard]] std::string name_of(const Instance& instance) const;

  const hcl::Block& block_;
  const ResourceType& type_;
  const Document& document_;
  const DecodeContext& context_;
  Declarations& declared_;
  DecodedBlock decoded_;
};

void BlockDecoder::decode() {
  decoded_.type = &type_;
  decoded_.noun = block_.type.text == notify_block ? "notify block" : "resource";
  decoded_.file = &document_.file();
  decoded_.range = {block_.header.begin, std::max(block_.body.range.end, block_.close_brace.end)};
  decoded_.first = declared_.resources.size();
  decode_name();
  if (const hcl::Attribute* for_each = block_.body.find("for_each")) {
    decoded_.for_each = for_each->value;
    decode_instances(*for_each);
  } else {
    add(std::string(decoded_.name), context_);
  }
  declared_.blocks.push_back(std::move(decoded_));
}

void BlockDecoder::add(std::string name, const DecodeContext& context) {
  DecodedResource resource = decode_resource(block_, type_, std::move(name), document_, context);
  declared_.resources.push_back(std::move(resource.resource));
  declared_.links.push_back(std::move(resource.links));
  ++decoded_.count;
}

void BlockDecoder::decode_name() {
  decoded_.name_range = block_.header;
  if (block_.labels.empty()) {
    return;
  }
  const hcl::Label& label = block_.labels[0];
  decoded_.name_range = label.range;
  if (auto problem = resource_name_problem(label.text)) {
    report(context_.diagnostics, Kind::invalid_name, {&document_.file(), label.range},
           fmt::format("invalid {} name {}", decoded_.noun, text::quoted(label.text)),
           *std::move(problem));
    return;
  }
  decoded_.name = label.text;
}

void BlockDecoder::decode_instances(const hcl::Attribute& for_each) {
  const std::optional<std::vector<Instance>> instances =
      instances_of(for_each, document_, context_);
  decoded_.is_expanded = instances.has_value();
  if (!instances) {
    decode_unknown();
  } else if (instances->empty()) {
    check_unused();
  } else {
    decode_each(for_each, *instances);
  }
}

void BlockDecoder::decode_each(const hcl::Attribute& for_each,
                               const std::vector<Instance>& instances) {
  std::vector<diagnostic::Diagnostics> problems(instances.size());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    const hcl::Value each = instances[i].each();
    names.push_back(name_of(instances[i]));
    add(names.back(), {.evaluator = context_.evaluator, .diagnostics = problems[i], .each = &each});
  }
  report_once(problems, names, {&document_.file(), for_each.value->range}, context_.diagnostics);
}

/// What does not depend on the instances can be wrong all the same.
void BlockDecoder::decode_unknown() {
  const hcl::Value each = unknown_each();
  decoded_.pattern = std::make_unique<DecodedResource>(decode_resource(
      block_, type_, "", document_,
      {.evaluator = context_.evaluator, .diagnostics = context_.diagnostics, .each = &each}));
}

/// Blocks nest no deeper than the schema has it.
void BlockDecoder::check_names(const hcl::Body& body) {
  for (const hcl::Attribute& attribute : body.attributes) {
    if (attribute.name.text != "for_each" && attribute.name.text != "depends_on") {
      context_.evaluator.check_names(*attribute.value, *document_.source, context_.diagnostics);
    }
  }
  for (const hcl::Block& inner : body.blocks) {
    check_names(inner.body);
  }
}

/// Where there are no instances, what the attributes say need not make sense on this host: it is
/// not evaluated.
void BlockDecoder::check_unused() {
  check_names(block_.body);
  const hcl::Value each = unknown_each();
  decoded_.pattern = std::make_unique<DecodedResource>();
  decoded_.pattern->resource.file = &document_.file();
  decoded_.pattern->links.depends_on = read_dependencies(
      block_, document_,
      {.evaluator = context_.evaluator, .diagnostics = context_.diagnostics, .each = &each});
}

std::string BlockDecoder::name_of(const Instance& instance) const {
  return decoded_.name.empty() ? "" : instance_name(decoded_.name, instance.key);
}

}  // namespace

void decode_resource_block(const hcl::Block& block, const ResourceType& type,
                           const Document& document, const DecodeContext& context,
                           Declarations& declared) {
  BlockDecoder(block, type, document, context, declared).decode();
}

}  // namespace manifest
