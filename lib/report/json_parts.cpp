#include "report/json_parts.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "git/revision.h"
#include "report/markup.h"
#include "report/time.h"

namespace report {
namespace {

Json signer_as_json(const std::optional<git::Signer>& signer) {
  if (!signer) {
    return nullptr;
  }
  return {{"principal", visible(signer->principal)}, {"fingerprint", visible(signer->fingerprint)}};
}

Json git_as_json(const std::optional<reconcile::GitRecord>& git) {
  if (!git) {
    return nullptr;
  }
  std::vector<std::string> notes = git->notes;
  if (!git->edited.empty()) {
    notes.push_back(git->edited);
  }
  for (std::string& note : notes) {
    note = visible(note);
  }
  return {
      {"url", git->url},
      {"branch", git->requested.kind == git::Revision::Kind::branch ? Json(git->requested.name)
                                                                    : Json(nullptr)},
      {"requested", {{"kind", git::name_of(git->requested.kind)}, {"name", git->requested.name}}},
      {"action", git->action ? Json(reconcile::name_of(*git->action)) : Json(nullptr)},
      {"before", or_null(git->before)},
      {"after", or_null(git->after)},
      {"signer", signer_as_json(git->signer)},
      {"updated", git->updated},
      {"notes", notes}};
}

/// What a check, an apply and a verify have in common. A command that was not started, or that
/// fluke ended, has neither exit code nor signal: the reason says what happened.
Json task_as_json(const reconcile::TaskRecord& task) {
  const auto* exited = std::get_if<process::Exited>(&task.ending);
  const auto* signalled = std::get_if<process::Signalled>(&task.ending);
  return {{"exit_code", exited != nullptr ? Json(exited->code) : Json(nullptr)},
          {"signal", signalled != nullptr ? Json(signalled->signal) : Json(nullptr)},
          {"duration_ms", milliseconds(task.duration)},
          {"output", or_null(visible(task.output))}};
}

Json check_as_json(const std::optional<reconcile::TaskRecord>& check) {
  if (!check) {
    return nullptr;
  }
  Json json = {{"task", check->task}, {"source", or_null(check->source)}};
  json.update(task_as_json(*check));
  return json;
}

Json apply_as_json(const std::optional<reconcile::TaskRecord>& apply) {
  if (!apply) {
    return nullptr;
  }
  Json json = {{"task", apply->task}};
  json.update(task_as_json(*apply));
  return json;
}

Json verify_as_json(const std::optional<reconcile::TaskRecord>& verify) {
  Json json = apply_as_json(verify);
  if (verify) {
    json["attempts"] = verify->attempts;
  }
  return json;
}

Json position_as_json(const diagnostic::Position& position) {
  return {{"line", position.line}, {"column", position.column}, {"byte", position.byte}};
}

}  // namespace

Json or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json resource_as_json(const reconcile::ResourceOutcome& resource) {
  return {
      {"name", resource.name},
      {"type", resource.type},
      {"task", or_null(resource.task)},
      {"description", or_null(resource.description)},
      {"manifest", resource.manifest},
      {"line", resource.line},
      {"working_dir", or_null(resource.working_dir.string())},
      {"outcome", reconcile::name_of(resource.outcome)},
      {"phase", resource.phase ? Json(reconcile::name_of(*resource.phase)) : Json(nullptr)},
      {"reason", or_null(visible(resource.reason))},
      {"started_at", resource.started_at ? Json(iso_time_with_milliseconds(*resource.started_at))
                                         : Json(nullptr)},
      {"duration_ms", milliseconds(resource.duration)},
      {"git", git_as_json(resource.git)},
      {"check", check_as_json(resource.check)},
      {"apply", apply_as_json(resource.apply)},
      {"verify", verify_as_json(resource.verify)},
      {"output", or_null(visible(resource.output))}};
}

Json include_as_json(const reconcile::ResourceOutcome& include) {
  Json json = resource_as_json(include);
  for (const char* of_tasks : {"type", "task", "description", "check", "apply", "verify"}) {
    json.erase(of_tasks);
  }
  return json;
}

Json notification_as_json(const reconcile::NotificationOutcome& notification) {
  return {{"name", notification.name},
          {"manifest", notification.manifest},
          {"line", notification.line},
          {"working_dir", notification.working_dir.string()},
          {"outcome", notification.cause ? "failed" : "sent"},
          {"reason", or_null(visible(notification.reason))},
          {"task", check_as_json(notification.task)},
          {"output", or_null(visible(notification.output))}};
}

Json summary_as_json(const reconcile::RunOutcome& outcome) {
  Json summary = {{"total", outcome.resources.size()}};
  for (const reconcile::Outcome one : reconcile::all_outcomes) {
    summary[std::string(reconcile::name_of(one))] = outcome.count(one);
  }
  return summary;
}

Json diagnostic_as_json(const diagnostic::Diagnostic& diagnostic) {
  const bool is_error = diagnostic.severity == diagnostic::Severity::error;
  Json file = nullptr;
  Json range = nullptr;
  if (diagnostic.file != nullptr) {
    file = diagnostic.file->name();
    range = {{"start", position_as_json(diagnostic.file->position(diagnostic.range.begin))},
             {"end", position_as_json(diagnostic.file->position(diagnostic.range.end))}};
  }
  return {{"severity", is_error ? "error" : "warning"},
          {"kind", or_null(diagnostic.kind)},
          {"summary", visible(diagnostic.summary)},
          {"detail", or_null(visible(diagnostic.detail))},
          {"file", std::move(file)},
          {"range", std::move(range)}};
}

}  // namespace report
