#include "executor/systemd/type.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "executor/systemd/executor.h"
#include "executor/systemd/settings.h"
#include "executor/systemd/systemctl.h"
#include "manifest/attribute.h"

namespace systemd {
namespace {

using Deadline = std::optional<std::chrono::milliseconds>;
using reconcile::Failure;

/// `enabled` is about the unit, and not about the resource.
constexpr std::array schema = {
    manifest::AttributeSchema{.name = "unit", .is_required = true},
    manifest::AttributeSchema{.name = "state"},
    manifest::AttributeSchema{.name = "enabled"},
    manifest::AttributeSchema{.name = "user"},
};

constexpr manifest::TextRule unit_rule = {
    .kind = manifest::Kind::invalid_unit, .noun = "unit", .problem = unit_name_problem};

constexpr std::array<std::string_view, 2> states = {"running", "stopped"};

/// "ignore" is the word of systemd.preset(5).
constexpr std::array<std::string_view, 3> enablements = {"true", "false", "ignore"};
constexpr std::array of_enablements = {Enablement::enabled, Enablement::disabled,
                                       Enablement::ignored};

/// Asks systemd about the unit, and changes none.
class Preflight : public reconcile::Preflight {
 public:
  explicit Preflight(const reconcile::World& world) : world_(world) {}

  [[nodiscard]] tl::expected<std::string, Failure> examine(const manifest::Resource& resource,
                                                           Deadline deadline) override {
    return find_unit(world_, resource, deadline).map([&](const Found& found) {
      const Settings& settings = settings_of(resource);
      return found.unit.needs_reload
                 ? describe_needed_reload(settings)
                 : fmt::format("{} is {}", settings.unit, found.unit.load_state);
    });
  }

  [[nodiscard]] std::vector<Problem> find_problems(const manifest::Resource& resource,
                                                   Deadline deadline) override {
    const auto examined = examine(resource, deadline);
    if (examined) {
      return {};
    }
    return {problem_of(examined.error(), "unusable-unit", settings_of(resource).unit_range)};
  }

 private:
  const reconcile::World& world_;
};

class Type : public reconcile::ResourceTypeOf<reconcile::FactoryOf<Executor>, Preflight> {
 public:
  [[nodiscard]] std::string_view name() const override { return "systemd"; }

  [[nodiscard]] Directory directory() const override { return Directory::none; }

  [[nodiscard]] std::span<const manifest::AttributeSchema> attributes() const override {
    return schema;
  }

  [[nodiscard]] std::shared_ptr<const manifest::Settings> decode(
      const manifest::AttributeReader& attributes) const override {
    auto settings = std::make_shared<Settings>();
    settings->unit = attributes.required_text("unit", unit_rule).value_or("");
    settings->runs = attributes.choice("state", states).value_or(0) == 0;
    if (const auto chosen = attributes.choice("enabled", enablements)) {
      settings->enablement = of_enablements.at(*chosen);
    }
    settings->is_of_user = attributes.boolean("user").value_or(false);
    settings->unit_range = attributes.range_of("unit");
    return settings;
  }
};

}  // namespace

const reconcile::ResourceType& resource_type() {
  static const Type type;
  return type;
}

}  // namespace systemd
