#include "reconcile/task_check.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "reconcile/mise_executor.h"
#include "reconcile/missing_task.h"
#include "reconcile/resource_run.h"
#include "text/quote.h"

namespace reconcile {
namespace {

using diagnostic::Range;
using diagnostic::Severity;

class Checker {
 public:
  Checker(TaskLists lists, const Options& options) : lists_(std::move(lists)), options_(options) {}

  void check(const manifest::Resource& resource);

  [[nodiscard]] TaskCheck take() && { return std::move(result_); }

 private:
  struct Problem {
    Severity severity = Severity::error;
    std::string_view kind;
    Range range;
    std::string summary;
    std::string detail;
  };

  [[nodiscard]] bool has_directory(const manifest::Resource& resource);
  void check_task(const manifest::Resource& resource, const std::string& name, Range range);
  void add(const manifest::Resource& resource, Cause cause, const Problem& problem);
  void add_failure(const manifest::Resource& resource, Range range, const Failure& failure);

  TaskLists lists_;
  const Options& options_;
  TaskCheck result_;
  /// What the instances of one block have in common is told once.
  std::set<std::tuple<const diagnostic::SourceFile*, std::uint32_t, std::string>> told_;
};

void Checker::check(const manifest::Resource& resource) {
  if (!has_directory(resource)) {
    return;
  }
  check_task(resource, resource.check_task, resource.check_task_range);
  if (resource.apply_task != resource.check_task) {
    check_task(resource, resource.apply_task, resource.apply_task_range);
  }
}

bool Checker::has_directory(const manifest::Resource& resource) {
  std::error_code error;
  const bool is_there = std::filesystem::is_directory(resource.working_dir, error);
  const std::string shown = text::quoted(resource.working_dir.native());
  if (resource.git && (!is_there || std::filesystem::is_empty(resource.working_dir, error))) {
    add(resource, Cause::misconfigured,
        {.severity = Severity::warning,
         .kind = "not-cloned",
         .range = resource.working_dir_range,
         .summary = fmt::format("{} is not cloned yet", shown),
         .detail = "whether its tasks exist will be known after the first run"});
    return false;
  }
  if (!is_there) {
    add(resource, Cause::misconfigured,
        {.kind = "missing-directory",
         .range = resource.working_dir_range,
         .summary = fmt::format("no directory {}", shown),
         .detail = "create it, or have a git block bring it"});
  }
  return is_there;
}

void Checker::check_task(const manifest::Resource& resource, const std::string& name, Range range) {
  const auto deadline = deadline_of(resource, options_);
  const auto found = lists_.find_source(resource, name, deadline);
  const auto there = lists_.of(resource, deadline);
  if (!found) {
    add_failure(resource, there ? range : resource.working_dir_range, found.error());
  } else if (!*found) {
    add(resource, Cause::misconfigured,
        {.kind = "missing-task",
         .range = range,
         .summary = say_missing({&name, 1}, resource.working_dir),
         .detail = there ? say_instead({&name, 1}, **there) : ""});
  }
}

void Checker::add_failure(const manifest::Resource& resource, Range range, const Failure& failure) {
  add(resource, failure.cause,
      {.kind = "unknown-tasks",
       .range = range,
       .summary = failure.reason,
       .detail = failure.output.substr(0, failure.output.find('\n'))});
}

void Checker::add(const manifest::Resource& resource, Cause cause, const Problem& problem) {
  if (!told_.emplace(resource.file, problem.range.begin, problem.summary).second) {
    return;
  }
  const text::Secrets& secrets = options_.secrets;
  result_.problems.push_back({.severity = problem.severity,
                              .kind = problem.kind,
                              .summary = secrets.masked(problem.summary),
                              .detail = secrets.masked(problem.detail),
                              .file = resource.file,
                              .range = problem.range});
  if (problem.severity == Severity::error) {
    result_.causes.push_back(cause);
  }
}

}  // namespace

TaskCheck check_tasks(const std::vector<const manifest::Resource*>& resources,
                      const Options& options, World& world) {
  Checker checker(TaskLists(world, Purpose::advice), options);
  for (const manifest::Resource* resource : resources) {
    if (resource->enabled && !world.cancellation.requested()) {
      checker.check(*resource);
    }
  }
  return std::move(checker).take();
}

}  // namespace reconcile
