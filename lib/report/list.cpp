#include "report/list.h"

#include <nlohmann/json.hpp>
#include <variant>

#include "text/url.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

Json git_as_json(const manifest::Resource& resource) {
  if (!resource.git) {
    return nullptr;
  }
  return {{"url", text::mask_url(resource.git->url)},
          {"branch", resource.git->branch},
          {"require_clean", resource.git->require_clean}};
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

Json as_json(const manifest::Resource& resource) {
  Json json = {{"name", resource.name},
               {"type", resource.type->name()},
               {"manifest", resource.file->name()},
               {"line", resource.file->position(resource.range.begin).line},
               {"working_dir", resource.working_dir.string()}};
  for (const auto& [name, value] : resource.settings->members()) {
    std::visit([&, key = name](const auto& held) { json[std::string(key)] = held; }, value);
  }
  json.update({{"env", env_as_json(resource)},
               {"timeout_ms", resource.timeout.value_or(manifest::default_timeout).count()},
               {"settle_ms", resource.settle.count()},
               {"depends_on", resource.depends_on},
               {"enabled", resource.enabled},
               {"git", git_as_json(resource)}});
  return json;
}

}  // namespace

std::string list_as_text(const std::vector<const manifest::Resource*>& resources) {
  std::string text;
  for (const manifest::Resource* resource : resources) {
    text += resource->name + "\n";
  }
  return text;
}

std::string list_as_json(const std::vector<const manifest::Resource*>& resources,
                         std::string_view version) {
  Json list = Json::array();
  for (const manifest::Resource* resource : resources) {
    list.push_back(as_json(*resource));
  }
  const Json document = {{"schema", 1}, {"fluke", version}, {"resources", list}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace report
