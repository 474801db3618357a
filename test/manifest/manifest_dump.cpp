#include "manifest_dump.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

#include "executor/mise/settings.h"
#include "executor/mise/type.h"
#include "executor/shell/type.h"
#include "executor/systemd/type.h"
#include "support/diagnostics.h"
#include "text/duration.h"
#include "text/quote.h"
#include "text/url.h"

namespace manifest {
namespace {

std::string dump(const GitSource& git) {
  const std::string_view kind = git.revision.kind == Revision::Kind::branch ? "branch"
                                : git.revision.kind == Revision::Kind::tag  ? "tag"
                                                                            : "commit";
  std::string out = fmt::format(" git={} {}={}", text::mask_url(git.url), kind, git.revision.name);
  out += git.move ? " move" : "";
  out += git.require_clean ? " clean" : "";
  if (git.retry) {
    out += fmt::format(" retry={}", *git.retry);
  }
  if (git.verify) {
    out += fmt::format(" {}={}",
                       git.verify->keys == Verify::Keys::allowed_signers ? "signers" : "gnupg",
                       git.verify->path.string());
    out += git.verify->revoked_keys.empty() ? "" : " revoked=" + git.verify->revoked_keys.string();
  }
  return out;
}

/// Without what is as it is by default.
std::string dump(const mise::Settings& settings) {
  std::string out;
  if (settings.check_task != "check") {
    out += fmt::format(" check={}", text::quoted(settings.check_task));
  }
  if (settings.apply_task != "apply") {
    out += fmt::format(" apply={}", text::quoted(settings.apply_task));
  }
  if (!settings.check_unknown.empty()) {
    out += fmt::format(" unknown={}", fmt::join(settings.check_unknown, ","));
  }
  return out + (settings.trust_config ? " trusted" : "");
}

std::string dump(const std::vector<Settings::Member>& members) {
  std::string out;
  for (const auto& [name, value] : members) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      out += fmt::format(" {}={}", name, text::quoted(*text));
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      out += fmt::format(" {}={}", name, *flag);
    } else if (const auto* numbers = std::get_if<std::vector<int>>(&value);
               numbers != nullptr && !numbers->empty()) {
      out += fmt::format(" {}={}", name, fmt::join(*numbers, ","));
    }
  }
  return out;
}

std::string dump(const Resource& resource) {
  std::string out = resource.name;
  if (!resource.working_dir.empty()) {
    out += " in " + resource.working_dir.string();
  }
  out += resource.type == &mise::resource_type() ? dump(mise::settings_of(resource))
                                                 : dump(resource.settings->members());
  for (const auto& [name, value] : resource.env) {
    const bool is_sensitive = resource.sensitive_env.contains(name);
    out += fmt::format(" {}={}", name, is_sensitive ? "(sensitive)" : text::quoted(value));
  }
  if (resource.env_is_sensitive) {
    out += " env=(sensitive)";
  }
  if (resource.timeout) {
    out += fmt::format(" timeout={}", text::format_duration(*resource.timeout));
  }
  if (resource.settle != std::chrono::seconds(10)) {
    out += fmt::format(" settle={}", text::format_duration(resource.settle));
  }
  for (const std::string& name : resource.depends_on) {
    out += fmt::format(" after={}", name);
  }
  if (!resource.enabled) {
    out += " disabled";
  }
  if (!resource.aborts_task) {
    out += " continues";
  }
  if (resource.task != nullptr && resource.task->drift) {
    constexpr std::array<std::string_view, 3> policies = {"remediate", "remediate_and_alert",
                                                          "alert_only"};
    out += fmt::format(" drift={}", policies.at(static_cast<std::size_t>(*resource.task->drift)));
  }
  if (resource.git) {
    out += dump(*resource.git);
  }
  return out + '\n';
}

std::string dump(const Include& include) {
  const Resource& checkout = include.checkout;
  std::string out = fmt::format("include {} in {}", checkout.name, checkout.working_dir.string());
  for (const std::string& path : include.manifests) {
    out += path == "." ? "" : " " + text::quoted(path);
  }
  if (checkout.timeout) {
    out += fmt::format(" timeout={}", text::format_duration(*checkout.timeout));
  }
  if (!checkout.enabled) {
    out += " disabled";
  }
  if (checkout.git) {
    out += dump(*checkout.git);
  }
  return out + '\n';
}

}  // namespace

namespace {

constexpr std::string_view included = "included by ";

}  // namespace

std::vector<Source> split_sources(std::string_view text) {
  std::vector<Source> sources;
  std::string name = "site.hcl";
  std::string current;
  bool is_named = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with("## ")) {
      current += line;
      continue;
    }
    if (is_named || !current.empty()) {
      sources.emplace_back(name, std::exchange(current, {}), "/etc/fluke");
    }
    is_named = true;
    name = line.substr(3, line.find_last_not_of('\n') - 2);
  }
  sources.emplace_back(name, current, "/etc/fluke");
  for (Source& source : sources) {
    const std::string& whole = source.file->name();
    const std::size_t colon = whole.find(": ");
    if (whole.starts_with(included) && colon != std::string::npos) {
      const std::string include = whole.substr(included.size(), colon - included.size());
      source = Source(whole.substr(colon + 2), std::string(source.file->text()), "/srv/" + include);
      source.include = include;
    }
  }
  return sources;
}

namespace {

constexpr std::string_view option = "--var ";
constexpr std::string_view file_option = "--var-file ";
constexpr std::string_view label_option = "--label ";
constexpr std::string_view variable = "FLUKE_VAR_";

/// "--var port=80" is the text "port=80" under the name "--var port".
Given given_option(std::string_view name, const std::filesystem::path& directory) {
  const std::string shown(name.substr(0, name.find('=')));
  return {.form = Given::Form::option,
          .source = Source(shown, std::string(name.substr(option.size())), directory)};
}

Given given_file(const Source& source) {
  const std::string name = source.file->name().substr(file_option.size());
  return {.form = name.ends_with(".json") ? Given::Form::json_file : Given::Form::hcl_file,
          .source = Source(name, std::string(source.file->text()), source.directory)};
}

EnvironmentLookup lookup_in(const Environment& environment) {
  return [&environment](std::string_view name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  };
}

}  // namespace

Scene split_scene(std::string_view text) {
  Scene scene;
  for (Source& source : split_sources(text)) {
    const std::string& name = source.file->name();
    if (name.starts_with(label_option)) {
      scene.labels.push_back(name.substr(label_option.size()));
    } else if (name.starts_with(file_option)) {
      scene.given.push_back(given_file(source));
    } else if (name.starts_with(option)) {
      scene.given.push_back(given_option(name, source.directory));
    } else if (name.starts_with(variable)) {
      const std::size_t equals = name.find('=');
      scene.environment.insert_or_assign(name.substr(0, equals), name.substr(equals + 1));
    } else {
      scene.sources.push_back(std::move(source));
    }
  }
  return scene;
}

ResourceTypes types() {
  static const std::array<const ResourceType*, 3> all = {
      &mise::resource_type(), &shell::resource_type(), &systemd::resource_type()};
  return all;
}

DecodeResult decode_with(const std::vector<Source>& sources, const Environment& environment) {
  return decode(sources, types(), lookup_in(environment));
}

DecodeResult decode_scene(const Scene& scene) {
  return decode(scene.sources, types(), lookup_in(scene.environment), scene.given,
                {.version = "0.2.1", .labels = scene.labels});
}

std::string dump(const Manifest& manifest) {
  std::string out;
  for (const Include& include : manifest.includes) {
    out += dump(include);
  }
  for (const Resource& resource : manifest.resources) {
    out += dump(resource);
  }
  for (const Notification& notification : manifest.notifications) {
    std::string task = dump(notification.task);
    task.pop_back();
    out += fmt::format("notify {} on={}\n", task, fmt::join(notification.on, ","));
  }
  for (const OtherResource& other : manifest.others) {
    out += fmt::format("{} elsewhere\n", other.name);
  }
  return out;
}

std::string decoded(std::string_view text, const Environment& environment) {
  Scene scene = split_scene(text);
  scene.environment.insert(environment.begin(), environment.end());
  const DecodeResult result = decode_scene(scene);
  const std::string problems = support::render_with_kinds(result.diagnostics);
  return diagnostic::has_errors(result.diagnostics) ? problems : problems + dump(result.manifest);
}

}  // namespace manifest
