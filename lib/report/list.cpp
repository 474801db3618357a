#include "report/list.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <variant>

#include "report/json_parts.h"
#include "text/quote.h"
#include "text/url.h"

namespace report {
namespace {

Json verify_as_json(const std::optional<manifest::Verify>& verify) {
  if (!verify) {
    return nullptr;
  }
  const bool is_ssh = verify->keys == manifest::Verify::Keys::allowed_signers;
  return {{"allowed_signers", is_ssh ? Json(verify->path.string()) : Json(nullptr)},
          {"gnupg_home", is_ssh ? Json(nullptr) : Json(verify->path.string())},
          {"revoked_keys", or_null(verify->revoked_keys.string())}};
}

Json git_as_json(const std::optional<manifest::GitSource>& git) {
  if (!git) {
    return nullptr;
  }
  const auto name_if = [&](manifest::Revision::Kind kind) {
    return git->revision.kind == kind ? Json(git->revision.name) : Json(nullptr);
  };
  return {{"url", text::mask_url(git->url)},
          {"branch", name_if(manifest::Revision::Kind::branch)},
          {"tag", name_if(manifest::Revision::Kind::tag)},
          {"commit", name_if(manifest::Revision::Kind::commit)},
          {"move", git->move},
          {"require_clean", git->require_clean},
          {"retry", git->retry ? Json(*git->retry) : Json(nullptr)},
          {"verify", verify_as_json(git->verify)}};
}

constexpr std::string_view sensitive = "(sensitive)";

Json env_as_json(const manifest::Resource& resource) {
  if (resource.env_is_sensitive) {
    return sensitive;
  }
  Json env = Json::object();
  for (const auto& [name, value] : resource.env) {
    env[name] = resource.sensitive_env.contains(name) ? sensitive : std::string_view(value);
  }
  return env;
}

/// The members of what has no type.
Json place_as_json(const manifest::Resource& resource) {
  return {{"manifest", resource.file->name()},
          {"line", resource.file->position(resource.range.begin).line},
          {"working_dir", or_null(resource.working_dir.string())}};
}

void add_settings(const manifest::Resource& resource, Json& json) {
  for (const auto& [name, value] : resource.settings->members()) {
    std::visit([&, key = name](const auto& held) { json[std::string(key)] = held; }, value);
  }
}

Json as_json(const manifest::Notification& notification) {
  const manifest::Resource& task = notification.task;
  Json json = {{"name", task.name}};
  json.update(place_as_json(task));
  add_settings(task, json);
  json.update({{"on", notification.on},
               {"env", env_as_json(task)},
               {"timeout_ms", task.timeout.value_or(manifest::default_notify_timeout).count()},
               {"enabled", task.enabled}});
  return json;
}

Json as_json(const manifest::Include& include) {
  const manifest::Resource& checkout = include.checkout;
  Json json = {{"name", checkout.name}};
  json.update(place_as_json(checkout));
  json.update({{"manifests", include.manifests},
               {"timeout_ms", checkout.timeout.value_or(manifest::default_timeout).count()},
               {"enabled", checkout.enabled},
               {"git", git_as_json(checkout.git)}});
  return json;
}

Json as_json(const manifest::Resource& resource) {
  Json json = {
      {"name", resource.name},
      {"type", resource.type->name()},
      {"task", or_null(resource.task == nullptr ? "" : resource.task->name)},
      {"description", or_null(resource.task == nullptr ? "" : resource.task->description)}};
  json.update(place_as_json(resource));
  add_settings(resource, json);
  json.update({{"env", env_as_json(resource)},
               {"timeout_ms", resource.timeout.value_or(manifest::default_timeout).count()},
               {"settle_ms", resource.settle.count()},
               {"depends_on", resource.depends_on}});
  // That of some types is not about the resource.
  json.emplace("enabled", resource.enabled);
  json["on_failure"] = resource.aborts_task ? "abort" : "continue";
  json["git"] = git_as_json(resource.git);
  return json;
}

Json as_json(const manifest::OtherResource& resource) {
  return {{"name", resource.name},
          {"type", resource.type->name()},
          {"task", resource.task->name},
          {"description", or_null(resource.task->description)},
          {"manifest", resource.file->name()},
          {"line", resource.file->position(resource.range.begin).line},
          {"match_labels", resource.task->selector}};
}

/// "role=web, env=production".
std::string selector_text(const manifest::Labels& selector) {
  std::string text;
  for (const auto& [name, value] : selector) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, value);
  }
  return text;
}

}  // namespace

std::string list_as_text(const std::vector<const manifest::Resource*>& resources,
                         const manifest::Manifest& manifest, bool all_hosts, bool is_for_people) {
  std::string text;
  for (const manifest::Resource* resource : resources) {
    text += resource->name;
    if (is_for_people && resource->task != nullptr && !resource->task->description.empty()) {
      text += "  " + text::neutralised(resource->task->description);
    }
    text += '\n';
  }
  for (std::size_t i = 0; all_hosts && i < manifest.others.size(); ++i) {
    const manifest::OtherResource& other = manifest.others[i];
    text += fmt::format("{}{}for hosts with {}\n", other.name, is_for_people ? "  " : "\t",
                        text::neutralised(selector_text(other.task->selector)));
  }
  return text;
}

std::string list_as_json(const std::vector<const manifest::Resource*>& resources,
                         const manifest::Manifest& manifest, bool all_hosts,
                         std::string_view version) {
  const manifest::Host& host = manifest.host;
  Json document = {{"schema", schema},
                   {"fluke", version},
                   {"host", {{"name", host.name}, {"labels", host.labels}}},
                   {"includes", Json::array()},
                   {"resources", Json::array()},
                   {"other_hosts", Json::array()},
                   {"notifications", Json::array()}};
  for (const manifest::Include& include : manifest.includes) {
    document["includes"].push_back(as_json(include));
  }
  for (const manifest::Resource* resource : resources) {
    document["resources"].push_back(as_json(*resource));
  }
  for (const manifest::Notification& notification : manifest.notifications) {
    document["notifications"].push_back(as_json(notification));
  }
  if (all_hosts) {
    for (const manifest::OtherResource& other : manifest.others) {
      document["other_hosts"].push_back(as_json(other));
    }
  }
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace report
