#include "manifest_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "support/diagnostics.h"
#include "text/duration.h"
#include "text/quote.h"

namespace manifest {
namespace {

std::string dump(const Resource& resource) {
  std::string out = fmt::format("{} in {}", resource.name, resource.working_dir.string());
  if (resource.check_task != "check") {
    out += fmt::format(" check={}", text::quoted(resource.check_task));
  }
  if (resource.apply_task != "apply") {
    out += fmt::format(" apply={}", text::quoted(resource.apply_task));
  }
  for (const auto& [name, value] : resource.env) {
    out += fmt::format(" {}={}", name, text::quoted(value));
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
  if (resource.git) {
    out += fmt::format(" git={} branch={}", resource.git->url, resource.git->branch);
  }
  return out + '\n';
}

}  // namespace

std::vector<Source> split_sources(std::string_view text) {
  std::vector<Source> sources;
  std::string name = "site.hcl";
  std::string current;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (!line.starts_with("## ")) {
      current += line;
      continue;
    }
    if (!current.empty()) {
      sources.emplace_back(name, std::exchange(current, {}), "/etc/fluke");
    }
    name = line.substr(3, line.find_last_not_of('\n') - 2);
  }
  sources.emplace_back(name, current, "/etc/fluke");
  return sources;
}

DecodeResult decode_with(const std::vector<Source>& sources, const Variables& variables) {
  return decode(sources, [&variables](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string dump(const Manifest& manifest) {
  std::string out;
  for (const Resource& resource : manifest.resources) {
    out += dump(resource);
  }
  return out;
}

std::string decoded(std::string_view text, const Variables& variables) {
  const std::vector<Source> sources = split_sources(text);
  const DecodeResult result = decode_with(sources, variables);
  return result.diagnostics.empty() ? dump(result.manifest)
                                    : support::render_with_kinds(result.diagnostics);
}

}  // namespace manifest
