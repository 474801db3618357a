#include "fluke/report_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "text/distance.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// What stands before the kind of a report: "--report ", or "FLUKE_REPORT=".
std::string opening(const Options& options) {
  const std::string setter = setter_of("report", options);
  return setter + (setter.starts_with("--") ? " " : "=");
}

std::string unknown_kind(std::string_view kind, const Options& options) {
  std::vector<std::string_view> names;
  std::string list;
  for (const ReportKindName& known : report_kinds) {
    names.push_back(known.name);
    list += fmt::format("{}{}", list.empty() ? "" : ", ", known.name);
  }
  const auto nearest = text::nearest(kind, std::span<const std::string_view>(names));
  return fmt::format("{} knows no kind {}{}", setter_of("report", options), text::quoted(kind),
                     nearest ? fmt::format("; did you mean \"{}\"?", *nearest)
                             : fmt::format("; the kinds are: {}", list));
}

/// github stands alone, or turns off what is chosen automatically.
std::string read_github(std::optional<std::string_view> value, Options& options) {
  if (value && *value != "off") {
    return fmt::format("{0}github takes no file; write {0}github, or {0}github=off",
                       opening(options));
  }
  options.github = !value;
  return "";
}

std::string read_file(const ReportKindName& kind, std::optional<std::string_view> file,
                      Options& options) {
  if (!file || file->empty()) {
    return fmt::format("{0}{1} needs a file; write {0}{1}=FILE", opening(options), kind.name);
  }
  if (*file == "-") {
    const bool has_format = kind.kind == ReportKind::json || kind.kind == ReportKind::jsonl;
    return fmt::format("{} writes to a file; {}", setter_of("report", options),
                       has_format ? fmt::format("for standard output, write --format {}", kind.name)
                                  : "for standard output, name /dev/stdout");
  }
  options.reports.push_back({.kind = kind.kind, .path = std::string(*file)});
  return "";
}

std::string read_report(std::string_view word, Options& options) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  const auto value =
      equals == std::string_view::npos ? std::nullopt : std::optional(word.substr(equals + 1));
  const auto* kind = std::ranges::find(report_kinds, name, &ReportKindName::name);
  if (kind == report_kinds.end()) {
    return unknown_kind(name, options);
  }
  return kind->kind == ReportKind::github ? read_github(value, options)
                                          : read_file(*kind, value, options);
}

bool runs_on_github() {
  const char* variable = std::getenv("GITHUB_ACTIONS");
  return variable != nullptr && std::string_view(variable) == "true";
}

}  // namespace

std::string read_reports(const std::vector<std::string>& words, Options& options) {
  options.github = runs_on_github();
  for (const std::string& word : words) {
    if (std::string problem = read_report(word, options); !problem.empty()) {
      return problem;
    }
  }
  return "";
}

}  // namespace fluke
