#include "executor/shell/type.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "executor/shell/executor.h"
#include "executor/shell/settings.h"
#include "manifest/attribute.h"
#include "text/quote.h"

namespace shell {
namespace {

using Deadline = std::optional<std::chrono::milliseconds>;

constexpr std::array schema = {
    manifest::AttributeSchema{
        .name = "check",
        .is_required = true,
        .reason = "it says whether the command has to run, by any exit status but 0; fluke runs "
                  "nothing unconditionally"},
    manifest::AttributeSchema{.name = "command", .is_required = true},
    manifest::AttributeSchema{.name = "run_as"},
    manifest::AttributeSchema{.name = "shell"},
    manifest::AttributeSchema{.name = "check_unknown"},
};

std::optional<std::string> command_problem(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return "an empty command always succeeds; write what is to run";
  }
  return text.find('\0') == std::string_view::npos
             ? std::nullopt
             : std::optional<std::string>("a command cannot hold a NUL character");
}

std::optional<std::string> user_problem(std::string_view text) {
  if (text.empty()) {
    return "leave run_as out for the user that fluke runs as";
  }
  return text.front() == '-' ||
                 text.find_first_of(std::string_view(":/ \t\n\0", 6)) != std::string_view::npos
             ? std::optional<std::string>(
                   "the name of a user does not begin with \"-\", and holds no \":\", \"/\" or "
                   "space")
             : std::nullopt;
}

std::optional<std::string> shell_problem(std::string_view text) {
  return text.starts_with('/') && text.find('\0') == std::string_view::npos
             ? std::nullopt
             : std::optional<std::string>("write its absolute path, such as \"/bin/sh\"");
}

constexpr manifest::TextRule command_rule = {
    .kind = manifest::Kind::invalid_command, .noun = "command", .problem = command_problem};
constexpr manifest::TextRule check_rule = {
    .kind = manifest::Kind::invalid_command, .noun = "check", .problem = command_problem};
constexpr manifest::TextRule user_rule = {
    .kind = manifest::Kind::invalid_user, .noun = "user", .problem = user_problem};
constexpr manifest::TextRule shell_rule = {
    .kind = manifest::Kind::invalid_command, .noun = "shell", .problem = shell_problem};

/// Looks whether the commands could be started, and starts none.
class Preflight : public reconcile::Preflight {
 public:
  explicit Preflight(const reconcile::World& world) : world_(world) {}

  [[nodiscard]] tl::expected<std::string, reconcile::Failure> examine(
      const manifest::Resource& resource, Deadline) override {
    const Settings& settings = settings_of(resource);
    return make_launcher(resource, world_)
        .map([&](const Launcher& launcher) {
          return fmt::format(
              "{}{} is there; commands work in {}", text::quoted(settings.shell),
              settings.run_as.empty() ? "" : fmt::format(" for {}", text::quoted(settings.run_as)),
              text::quoted(launcher.working_dir.native()));
        })
        .map_error([](Obstacle obstacle) { return std::move(obstacle.failure); });
  }

  [[nodiscard]] std::vector<Problem> find_problems(const manifest::Resource& resource,
                                                   Deadline) override {
    const auto launcher = make_launcher(resource, world_);
    if (launcher) {
      return {};
    }
    const bool is_user = launcher.error().attribute == Obstacle::Attribute::run_as;
    const Settings& settings = settings_of(resource);
    return {problem_of(launcher.error().failure, is_user ? "unknown-user" : "missing-shell",
                       is_user ? settings.run_as_range : settings.shell_range)};
  }

 private:
  const reconcile::World& world_;
};

class Type : public reconcile::ResourceTypeOf<reconcile::FactoryOf<Executor>, Preflight> {
 public:
  [[nodiscard]] std::string_view name() const override { return "shell"; }

  [[nodiscard]] Directory directory() const override { return Directory::optional; }

  [[nodiscard]] std::span<const manifest::AttributeSchema> attributes() const override {
    return schema;
  }

  [[nodiscard]] std::shared_ptr<const manifest::Settings> decode(
      const manifest::AttributeReader& attributes) const override {
    auto settings = std::make_shared<Settings>();
    settings->check = attributes.required_text("check", check_rule).value_or("");
    settings->apply = attributes.required_text("command", command_rule).value_or("");
    settings->run_as = attributes.text("run_as", user_rule, "").value_or("");
    settings->shell = attributes.text("shell", shell_rule, settings->shell).value_or("");
    settings->check_unknown = attributes.statuses("check_unknown");
    settings->run_as_range = attributes.range_of("run_as");
    settings->shell_range = attributes.range_of("shell");
    return settings;
  }
};

}  // namespace

const reconcile::ResourceType& resource_type() {
  static const Type type;
  return type;
}

}  // namespace shell
