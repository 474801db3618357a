#include "reconcile/task_check.h"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include "reconcile/executor.h"
#include "reconcile/resource_run.h"
#include "text/quote.h"

namespace reconcile {
namespace {

using diagnostic::Severity;

class Checker {
 public:
  Checker(World& world, const Options& options) : world_(world), options_(options) {}

  /// `remedy` is what to do where its directory is not there.
  void check(const manifest::Resource& resource, std::string_view remedy);

  [[nodiscard]] TaskCheck take() && { return std::move(result_); }

 private:
  [[nodiscard]] bool has_directory(const manifest::Resource& resource, std::string_view remedy);
  void add(const manifest::Resource& resource, const Preflight::Problem& problem,
           Severity severity = Severity::error);

  World& world_;
  const Options& options_;
  std::map<const ResourceType*, std::unique_ptr<Preflight>> preflights_;
  TaskCheck result_;
  /// What the instances of one block have in common is told once.
  std::set<std::tuple<const diagnostic::SourceFile*, std::uint32_t, std::string>> told_;
};

void Checker::check(const manifest::Resource& resource, std::string_view remedy) {
  if (!has_directory(resource, remedy)) {
    return;
  }
  const ResourceType& type = type_of(resource);
  std::unique_ptr<Preflight>& preflight = preflights_[&type];
  if (preflight == nullptr) {
    preflight = type.preflight(world_);
  }
  for (const Preflight::Problem& problem :
       preflight->find_problems(resource, deadline_of(resource, options_))) {
    add(resource, problem);
  }
}

bool Checker::has_directory(const manifest::Resource& resource, std::string_view remedy) {
  if (resource.working_dir.empty()) {
    return true;
  }
  std::error_code error;
  const bool is_there = std::filesystem::is_directory(resource.working_dir, error);
  const std::string shown = text::quoted(resource.working_dir.native());
  if (resource.git && (!is_there || std::filesystem::is_empty(resource.working_dir, error))) {
    add(resource,
        {.kind = "not-cloned",
         .range = resource.working_dir_range,
         .summary = fmt::format("{} is not cloned yet", shown),
         .detail = "whether its tasks exist will be known after the first run"},
        Severity::warning);
    return false;
  }
  if (!is_there) {
    add(resource, {.kind = "missing-directory",
                   .range = resource.working_dir_range,
                   .summary = fmt::format("no directory {}", shown),
                   .detail = std::string(remedy)});
  }
  return is_there;
}

void Checker::add(const manifest::Resource& resource, const Preflight::Problem& problem,
                  Severity severity) {
  if (!told_.emplace(resource.file, problem.range.begin, problem.summary).second) {
    return;
  }
  const text::Secrets& secrets = options_.secrets;
  result_.problems.push_back({.severity = severity,
                              .kind = problem.kind,
                              .summary = secrets.mask(problem.summary),
                              .detail = secrets.mask(problem.detail),
                              .file = resource.file,
                              .range = problem.range});
  if (severity == Severity::error) {
    result_.causes.push_back(problem.cause);
  }
}

}  // namespace

TaskCheck check_tasks(const std::vector<const manifest::Resource*>& resources,
                      std::span<const manifest::Notification> notifications, const Options& options,
                      World& world) {
  Checker checker(world, options);
  for (const manifest::Resource* resource : resources) {
    if (resource->enabled && !world.cancellation.requested()) {
      checker.check(*resource, "create it, or add a git block that clones it");
    }
  }
  for (const manifest::Notification& notification : notifications) {
    if (notification.task.enabled && !world.cancellation.requested()) {
      checker.check(notification.task, "create it");
    }
  }
  return std::move(checker).take();
}

}  // namespace reconcile
