#include "manifest/resource_block.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "manifest/attribute.h"
#include "manifest/dependencies.h"
#include "manifest/host.h"
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
               const DecodeContext& context, const DecodedTask* task, Declarations& declared)
      : block_(block),
        type_(type),
        document_(document),
        context_(context),
        task_(task),
        declared_(declared) {}

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
  const DecodedTask* task_;
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
  const hcl::Attribute* for_each = block_.body.find("for_each");
  decoded_.for_each = for_each == nullptr ? nullptr : for_each->value;
  if (task_ != nullptr && !task_->is_for_this_host) {
    decoded_.is_expanded = false;
    check_unused();
    declared_.others.push_back({.name = decoded_.name,
                                .type = &type_,
                                .file = &document_.file(),
                                .range = block_.header,
                                .task = task_->task});
  } else if (for_each != nullptr) {
    decode_instances(*for_each);
  } else {
    add(decoded_.name, context_);
  }
  declared_.blocks.push_back(std::move(decoded_));
}

void BlockDecoder::add(std::string name, const DecodeContext& context) {
  DecodedResource resource = decode_resource(block_, type_, std::move(name), document_, context);
  resource.resource.task = task_ == nullptr ? nullptr : task_->task;
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
  decoded_.name = name_in_task(task_ == nullptr ? "" : task_->task->name, label.text);
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

constexpr TextRule task_text_rule = {
    .kind = Kind::wrong_type,
    .noun = "description",
    .problem = [](std::string_view) -> std::optional<std::string> { return std::nullopt; }};

constexpr std::array<std::string_view, 3> policies = {"remediate", "remediate_and_alert",
                                                      "alert_only"};

/// The name of a task, or nothing after a problem.
std::string name_of_task(const hcl::Block& block, const Document& document,
                         const DecodeContext& context) {
  if (block.labels.empty()) {
    return "";
  }
  const hcl::Label& label = block.labels[0];
  if (auto problem = resource_name_problem(label.text)) {
    report(context.diagnostics, Kind::invalid_name, {&document.file(), label.range},
           fmt::format("invalid task name {}", text::quoted(label.text)), *std::move(problem));
    return "";
  }
  return std::string(label.text);
}

Task read_task(const hcl::Block& block, const Document& document, const DecodeContext& context) {
  Task task{.name = name_of_task(block, document, context)};
  task.description = AttributeReader(block, document, context)
                         .text("description", task_text_rule, "")
                         .value_or("");
  if (const hcl::Block* drift = block.body.find_block("drift")) {
    if (const auto policy = AttributeReader(*drift, document, context).choice("policy", policies)) {
      task.drift = static_cast<DriftPolicy>(*policy);
    }
  }
  if (const hcl::Block* selector = block.body.find_block("selector")) {
    task.selector = AttributeReader(*selector, document, context).labels("match_labels");
  }
  return task;
}

}  // namespace

void decode_task(const hcl::Block& block, const Host& host, const Document& document,
                 const DecodeContext& context, Declarations& declared) {
  DecodedTask decoded;
  decoded.task = std::make_shared<Task>(read_task(block, document, context));
  decoded.is_for_this_host = matches(decoded.task->selector, host.labels);
  decoded.file = &document.file();
  if (const hcl::Block* drift = block.body.find_block("drift")) {
    decoded.policy_range = AttributeReader(*drift, document, context).range_of("policy");
  }
  decoded.name_range = block.labels.empty() ? block.header : block.labels[0].range;
  decoded.links.depends_on = read_dependencies(block, document, context);
  decoded.first = declared.blocks.size();
  for (const hcl::Block& inner : block.body.blocks) {
    if (const ResourceType* type = find_type(context.evaluator.types(), inner.type.text)) {
      decode_resource_block(inner, *type, document, context, &decoded, declared);
    }
  }
  decoded.count = declared.blocks.size() - decoded.first;
  const auto is_about_task = [](const hcl::Block& inner) {
    return inner.type.text == "selector" || inner.type.text == "drift";
  };
  if (std::ranges::all_of(block.body.blocks, is_about_task) && document.syntax_errors.empty()) {
    report(context.diagnostics, Kind::empty_task, {&document.file(), block.header},
           "a task without a resource",
           fmt::format("{} in it declares one", any_block(context.evaluator.types())));
  }
  declared.tasks.push_back(std::move(decoded));
}

void decode_resource_block(const hcl::Block& block, const ResourceType& type,
                           const Document& document, const DecodeContext& context,
                           const DecodedTask* task, Declarations& declared) {
  BlockDecoder(block, type, document, context, task, declared).decode();
}

}  // namespace manifest
