// A type of resource in one file, and fluke with it beside the real ones: what a new type has to
// bring, and that it needs nothing else. `file "NAME" { path, content }` is a file that holds just
// that text.
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "executor/types.h"
#include "fluke/entry_point.h"
#include "manifest/attribute.h"
#include "text/quote.h"

namespace {

using reconcile::Failure;
using Deadline = std::optional<std::chrono::milliseconds>;

struct Settings : manifest::Settings {
  std::string path;
  std::string content;
  diagnostic::Range path_range;

  [[nodiscard]] std::vector<Member> members() const override {
    return {{"path", path}, {"content", content}};
  }
  [[nodiscard]] std::string command(manifest::Operation operation) const override {
    return (operation == manifest::Operation::apply ? "cat >" : "cat ") + path;
  }
};

const Settings& settings_of(const manifest::Resource& resource) {
  return dynamic_cast<const Settings&>(*resource.settings);
}

/// Why `resource` cannot be a file; nothing if it can.
std::optional<std::string> find_obstacle(const manifest::Resource& resource) {
  const std::string& path = settings_of(resource).path;
  return std::filesystem::is_directory(resource.working_dir / path)
             ? std::optional(fmt::format("{} is a directory", text::quoted(path)))
             : std::nullopt;
}

class Executor : public reconcile::Executor {
 public:
  Executor(reconcile::World& world, const manifest::Resource& resource, Deadline deadline)
      : world_(world), resource_(resource), settings_(settings_of(resource)), deadline_(deadline) {}

  void files_changed() override {}

  [[nodiscard]] tl::expected<void, Failure> prepare() override {
    if (auto obstacle = find_obstacle(resource_)) {
      return tl::unexpected(
          Failure{.cause = reconcile::Cause::misconfigured, .reason = *std::move(obstacle)});
    }
    return {};
  }

  [[nodiscard]] Ran check(const process::LineSink& on_line) override {
    process::Result result =
        world_.runner.run({.program = world_.programs.at("cat"),
                           .arguments = {settings_.path},
                           .environment = reconcile::inherited_by_commands(world_).entries(),
                           .working_dir = resource_.working_dir,
                           .deadline = deadline_},
                          on_line);
    if (process::succeeded(result.ending) && result.output != settings_.content) {
      result.ending = process::Exited{.code = 1};
    }
    const reconcile::CheckResult check = reconcile::result_of(result.ending, {});
    return {.record = {.task = "compare",
                       .ending = std::move(result.ending),
                       .duration = result.duration,
                       .output = std::move(result.output)},
            .result = check};
  }

  [[nodiscard]] tl::expected<void, Failure> confirm(const reconcile::TaskRecord&) override {
    return {};
  }

  [[nodiscard]] Ran apply(const process::LineSink& on_line) override {
    std::ofstream file(resource_.working_dir / settings_.path);
    file << settings_.content << std::flush;
    on_line("wrote " + settings_.path + "\n");
    return {.record = {.task = "write", .ending = process::Exited{.code = file ? 0 : 1}}};
  }

 private:
  reconcile::World& world_;
  const manifest::Resource& resource_;
  const Settings& settings_;
  Deadline deadline_;
};

class Preflight : public reconcile::Preflight {
 public:
  [[nodiscard]] tl::expected<std::string, Failure> examine(const manifest::Resource& resource,
                                                           Deadline) override {
    if (auto obstacle = find_obstacle(resource)) {
      return tl::unexpected(
          Failure{.cause = reconcile::Cause::misconfigured, .reason = *std::move(obstacle)});
    }
    return fmt::format("{} can be written", text::quoted(settings_of(resource).path));
  }

  [[nodiscard]] std::vector<Problem> find_problems(const manifest::Resource& resource,
                                                   Deadline) override {
    std::vector<Problem> problems;
    if (auto obstacle = find_obstacle(resource)) {
      problems.push_back({.kind = "no-file",
                          .range = settings_of(resource).path_range,
                          .summary = *std::move(obstacle),
                          .detail = "name another path"});
    }
    return problems;
  }
};

constexpr std::array schema = {
    manifest::AttributeSchema{.name = "path", .is_required = true},
    manifest::AttributeSchema{.name = "content"},
};

constexpr manifest::TextRule any_text = {
    .kind = manifest::Kind::wrong_type,
    .noun = "text",
    .problem = [](std::string_view) -> std::optional<std::string> { return std::nullopt; }};

constexpr std::array needed_programs = {process::Program{
    .name = "cat",
    .find = [](const process::Environment& environment,
               process::PassedOver* passed_over) -> std::optional<std::filesystem::path> {
      return process::find_program("cat", environment, {}, passed_over);
    },
    .describe_not_found = [](const process::Environment&) { return std::string("not found"); }}};

class Type : public reconcile::ResourceType {
 public:
  [[nodiscard]] std::string_view name() const override { return "file"; }

  [[nodiscard]] std::span<const manifest::AttributeSchema> attributes() const override {
    return schema;
  }

  [[nodiscard]] std::shared_ptr<const manifest::Settings> decode(
      const manifest::AttributeReader& attributes) const override {
    auto settings = std::make_shared<Settings>();
    settings->path = attributes.required_text("path", any_text).value_or("");
    settings->content = attributes.text("content", any_text, "").value_or("");
    settings->path_range = attributes.range_of("path");
    return settings;
  }

  [[nodiscard]] std::span<const process::Program> programs() const override {
    return needed_programs;
  }

  [[nodiscard]] std::unique_ptr<reconcile::ExecutorFactory> open(
      reconcile::World& world) const override {
    return std::make_unique<reconcile::FactoryOf<Executor>>(world);
  }

  [[nodiscard]] std::unique_ptr<reconcile::Preflight> preflight(reconcile::World&) const override {
    return std::make_unique<Preflight>();
  }
};

}  // namespace

int main(int argc, char** argv) {
  const Type file;
  std::vector<const reconcile::ResourceType*> types(executor::types().begin(),
                                                    executor::types().end());
  types.push_back(&file);
  return fluke::run_program(argc, argv, types);
}
