// What a `mise` block says beside what every resource has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"
#include "manifest/type.h"

namespace mise {

struct Settings : manifest::Settings {
  std::string check_task = "check";
  std::string apply_task = "apply";
  /// The exit statuses by which the check says that it cannot tell.
  std::vector<int> check_unknown = {};
  /// What mise reads in the working directory is run even where other users can change it.
  bool trust_config = false;

  /// Where the tasks are named, or else where the resource was declared.
  diagnostic::Range check_task_range = {};
  diagnostic::Range apply_task_range = {};

  [[nodiscard]] std::vector<Member> members() const override;
  [[nodiscard]] std::string command(manifest::Operation operation) const override;
};

/// What a `notify` block says: `apply_task` is its one task, and `check_task` the same.
struct TaskSettings : Settings {
  [[nodiscard]] std::vector<Member> members() const override;
};

/// Those of a resource that a `mise` block declared.
[[nodiscard]] const Settings& settings_of(const manifest::Resource& resource);

/// What mise would read as a flag, a pattern or a separator is no task name: why not.
[[nodiscard]] std::optional<std::string> task_name_problem(std::string_view name);

}  // namespace mise
