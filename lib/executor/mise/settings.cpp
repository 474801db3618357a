#include "executor/mise/settings.h"

#include <algorithm>

namespace mise {

std::vector<Settings::Member> Settings::members() const {
  return {{"check_task", check_task},
          {"apply_task", apply_task},
          {"check_unknown", check_unknown},
          {"trust_config", trust_config}};
}

std::vector<Settings::Member> TaskSettings::members() const {
  return {{"task", apply_task}, {"trust_config", trust_config}};
}

std::string Settings::command(manifest::Operation operation) const {
  switch (operation) {
    case manifest::Operation::prepare:
      return "mise tasks ls";
    case manifest::Operation::check:
      return "mise run " + check_task;
    case manifest::Operation::apply:
      return "mise run " + apply_task;
  }
  return "";
}

const Settings& settings_of(const manifest::Resource& resource) {
  return dynamic_cast<const Settings&>(*resource.settings);
}

std::optional<std::string> task_name_problem(std::string_view name) {
  if (name.empty()) {
    return "a task name cannot be empty";
  }
  if (name.front() == '-') {
    return "a task name cannot begin with \"-\": mise would take it for an option";
  }
  if (name.find_first_of("*?[]{}") != std::string_view::npos) {
    return "a task name cannot hold any of * ? [ ] { }: mise would take it for a pattern";
  }
  if (name.starts_with("//") && name.find("...") != std::string_view::npos) {
    return "a task name cannot hold \"...\" after \"//\": mise would take it for a pattern";
  }
  if (name == ":::") {
    return "mise takes \":::\" for the separator between two tasks";
  }
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  if (std::ranges::any_of(name, is_control)) {
    return "a task name cannot hold control characters";
  }
  return std::nullopt;
}

}  // namespace mise
