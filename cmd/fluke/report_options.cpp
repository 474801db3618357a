#include "fluke/report_options.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

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

std::filesystem::path resolved(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
}

/// The files that there are by their numbers, and what is still to be made by where it will be.
class FilesSeen {
 public:
  /// False if it was there before. Only what can be overwritten counts.
  bool add(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      return paths_.insert(resolved(path)).second;
    }
    return !S_ISREG(status.st_mode) || numbers_.emplace(status.st_dev, status.st_ino).second;
  }

 private:
  std::set<std::filesystem::path> paths_;
  std::set<std::pair<dev_t, ino_t>> numbers_;
};

/// Whether the file `path` is one of those that are read where `directory` is named.
bool is_read_with(const std::string& directory, const std::string& path) {
  const std::filesystem::path file = resolved(path);
  const std::filesystem::path inside = file.lexically_relative(resolved(directory));
  return file.string().ends_with(".fluke.hcl") && !inside.empty() && *inside.begin() != "..";
}

bool runs_on_github() {
  const char* variable = std::getenv("GITHUB_ACTIONS");
  return variable != nullptr && std::string_view(variable) == "true";
}

}  // namespace

std::string read_reports(const std::vector<std::string>& words, Options& options) {
  options.on_github = runs_on_github();
  options.github = options.on_github;
  for (const std::string& word : words) {
    if (std::string problem = read_report(word, options); !problem.empty()) {
      return problem;
    }
  }
  options.on_github = options.on_github || options.github;
  return "";
}

std::string find_overwritten(const Options& options) {
  FilesSeen seen;
  for (const std::string& manifest : options.manifests) {
    seen.add(manifest);
  }
  for (const manifest::GivenArgument& given : options.given) {
    if (given.is_file) {
      seen.add(given.text);
    }
  }
  for (const ReportFile& report : options.reports) {
    const bool is_manifest = std::ranges::any_of(
        options.manifests,
        [&](const std::string& manifest) { return is_read_with(manifest, report.path); });
    if (is_manifest || !seen.add(report.path)) {
      return fmt::format(
          "{} writes to {}, which is a manifest, a file of values, or another report of this "
          "command line; give it a file of its own",
          setter_of("report", options), text::quoted(report.path));
    }
  }
  return "";
}

}  // namespace fluke
