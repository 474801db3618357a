#include "executor/mise/type.h"

#include <array>
#include <memory>
#include <utility>

#include "executor/mise/client.h"
#include "executor/mise/executor.h"
#include "executor/mise/preflight.h"
#include "executor/mise/settings.h"
#include "manifest/attribute.h"

namespace mise {
namespace {

constexpr std::array schema = {
    manifest::AttributeSchema{.name = "check_task"},
    manifest::AttributeSchema{.name = "apply_task"},
    manifest::AttributeSchema{.name = "check_unknown"},
    manifest::AttributeSchema{.name = "trust_config"},
};

constexpr std::array task_schema = {
    manifest::AttributeSchema{.name = "task", .is_required = true},
    manifest::AttributeSchema{.name = "trust_config"},
};

constexpr manifest::TextRule task_rule = {
    .kind = manifest::Kind::invalid_task, .noun = "task name", .problem = task_name_problem};

constexpr std::array needed_programs = {
    process::Program{.name = "mise",
                     .find = find_mise,
                     .describe_not_found = describe_not_found,
                     // The first one that fluke is tried with.
                     .oldest = {2024, 9}},
};

class Type : public reconcile::ResourceTypeOf<Factory, Preflight> {
 public:
  [[nodiscard]] std::string_view name() const override { return "mise"; }

  [[nodiscard]] std::span<const manifest::AttributeSchema> attributes() const override {
    return schema;
  }

  [[nodiscard]] std::shared_ptr<const manifest::Settings> decode(
      const manifest::AttributeReader& attributes) const override {
    auto settings = std::make_shared<Settings>();
    settings->check_task =
        attributes.text("check_task", task_rule, settings->check_task).value_or("");
    settings->apply_task =
        attributes.text("apply_task", task_rule, settings->apply_task).value_or("");
    settings->check_unknown = attributes.statuses("check_unknown");
    settings->trust_config = attributes.boolean("trust_config").value_or(false);
    settings->check_task_range = attributes.range_of("check_task");
    settings->apply_task_range = attributes.range_of("apply_task");
    return settings;
  }

  [[nodiscard]] std::span<const manifest::AttributeSchema> task_attributes() const override {
    return task_schema;
  }

  [[nodiscard]] std::shared_ptr<const manifest::Settings> decode_task(
      const manifest::AttributeReader& attributes) const override {
    auto settings = std::make_shared<TaskSettings>();
    settings->apply_task = attributes.required_text("task", task_rule).value_or("");
    settings->check_task = settings->apply_task;
    settings->trust_config = attributes.boolean("trust_config").value_or(false);
    settings->check_task_range = settings->apply_task_range = attributes.range_of("task");
    return settings;
  }

  [[nodiscard]] std::span<const process::Program> programs() const override {
    return needed_programs;
  }
};

}  // namespace

const reconcile::ResourceType& resource_type() {
  static const Type type;
  return type;
}

}  // namespace mise
