#include "reconcile/task_variables.h"

#include <array>
#include <filesystem>
#include <system_error>

namespace reconcile {
namespace {

constexpr std::string_view in_a_notification = "notify";

/// A variable that is an option as well counts for one unless FLUKE_PHASE says whose it is.
enum class Also { nothing, option, option_but_in_a_notification };

struct Variable {
  std::string_view name;
  Also also = Also::nothing;
};

/// FLUKE_PHASE is the last one: it tells what the others are.
constexpr std::array all_variables = {
    Variable{"FLUKE_RESOURCE"},
    Variable{"FLUKE_MANIFEST", Also::option},
    Variable{"FLUKE_GIT_BEFORE"},
    Variable{"FLUKE_GIT_AFTER"},
    Variable{"FLUKE_REPORT", Also::option_but_in_a_notification},
    Variable{"FLUKE_EXIT_CODE"},
    Variable{"FLUKE_SUMMARY"},
    Variable{"FLUKE_PHASE"},
};

/// The manifest's path from everywhere; "-" is standard input.
std::string path_of(const diagnostic::SourceFile* file) {
  if (file == nullptr || file->name() == "<stdin>") {
    return file == nullptr ? "" : "-";
  }
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(file->name(), error);
  return error ? file->name() : path.lexically_normal().string();
}

}  // namespace

TaskVariables task_variables(const manifest::Resource& resource, std::string_view phase,
                             const std::optional<GitRecord>& git) {
  TaskVariables variables = {{"FLUKE_RESOURCE", resource.name},
                             {"FLUKE_PHASE", std::string(phase)},
                             {"FLUKE_MANIFEST", path_of(resource.file)}};
  if (resource.git) {
    variables.emplace_back("FLUKE_GIT_BEFORE", git ? git->before : "");
    variables.emplace_back("FLUKE_GIT_AFTER", git ? git->after : "");
  }
  return variables;
}

bool is_set_by_outer_fluke(const process::Environment& environment, std::string_view name) {
  const auto phase = environment.get("FLUKE_PHASE");
  for (const Variable& variable : all_variables) {
    if (variable.name == name) {
      return variable.also == Also::nothing ||
             (phase && (variable.also == Also::option || *phase == in_a_notification));
    }
  }
  return false;
}

void unset_outer_variables(process::Environment& environment) {
  for (const Variable& variable : all_variables) {
    if (is_set_by_outer_fluke(environment, variable.name)) {
      environment.unset(variable.name);
    }
  }
}

}  // namespace reconcile
