#include "manifest/include_files.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "file/contents.h"
#include "file/replace.h"
#include "manifest/input.h"
#include "manifest/kinds.h"
#include "manifest/report.h"
#include "text/fields.h"
#include "text/glob.h"
#include "text/quote.h"

namespace manifest {
namespace {

using Parts = std::vector<std::string_view>;

/// The names that `path` is made of, without those that stand for the same place.
Parts parts_of(std::string_view path) {
  Parts parts;
  while (!path.empty()) {
    const std::string_view name = text::take(path, '/');
    if (!name.empty() && name != ".") {
      parts.push_back(name);
    }
  }
  return parts;
}

bool is_hidden(std::string_view name) {
  return name.starts_with('.');
}

/// Whether the file would be found in a directory that was named.
bool is_found(std::span<const std::string_view> below) {
  return std::ranges::none_of(below, is_hidden) && below.back().ends_with(manifest_suffix);
}

/// Whether `file` is what `wanted` names, or lies below it. A wildcard stands for no dot at the
/// beginning of a name.
bool fits(const Parts& wanted, const Parts& file) {
  if (wanted.size() > file.size()) {
    return false;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool fits = text::is_glob(wanted[i])
                          ? !is_hidden(file[i]) && text::matches_glob(wanted[i], file[i])
                          : wanted[i] == file[i];
    if (!fits) {
      return false;
    }
  }
  if (wanted.size() < file.size()) {
    return is_found(std::span(file).subspan(wanted.size()));
  }
  // What matches a pattern has to look like a manifest; what is named need not.
  return std::ranges::none_of(wanted, text::is_glob) || file.back().ends_with(manifest_suffix);
}

class Chooser {
 public:
  Chooser(const Include& include, std::span<const IncludedFile> files)
      : include_(include), files_(files) {}

  [[nodiscard]] ManifestChoice choose();

 private:
  void choose(const std::string& path);
  void add(const IncludedFile& file);
  void add_error(Kind kind, std::string summary, std::string detail);

  const Include& include_;
  std::span<const IncludedFile> files_;
  std::set<std::string_view> seen_;
  ManifestChoice choice_;
};

ManifestChoice Chooser::choose() {
  for (const std::string& path : include_.manifests) {
    choose(path);
  }
  if (choice_.paths.empty() && choice_.diagnostics.empty()) {
    add_error(Kind::no_manifest,
              fmt::format("no manifest in include \"{}\"", include_.checkout.name),
              fmt::format("nothing below {} that this names ends in \"{}\"",
                          text::quoted(include_.checkout.working_dir.native()), manifest_suffix));
  }
  return std::move(choice_);
}

void Chooser::choose(const std::string& path) {
  const Parts wanted = parts_of(path);
  bool is_there = text::is_glob(path);
  for (const IncludedFile& file : files_) {
    if (fits(wanted, parts_of(file.path))) {
      is_there = true;
      add(file);
    }
  }
  if (!is_there && !wanted.empty()) {
    add_error(
        Kind::cannot_read_manifest,
        fmt::format("no manifest {} in include \"{}\"", text::quoted(path), include_.checkout.name),
        fmt::format("{} holds no such file, and no directory of that name with files that "
                    "end in \"{}\"; a pattern may match nothing, a name may not",
                    text::quoted(include_.checkout.working_dir.native()), manifest_suffix));
  }
}

void Chooser::add(const IncludedFile& file) {
  if (!seen_.insert(file.path).second) {
    return;
  }
  if (file.is_regular) {
    choice_.paths.push_back(file.path);
  } else {
    add_error(
        Kind::cannot_read_manifest,
        fmt::format("cannot read {} of include \"{}\"", text::quoted(file.path),
                    include_.checkout.name),
        "it is a symbolic link or no regular file; an include follows no links, name the file that "
        "is meant");
  }
}

void Chooser::add_error(Kind kind, std::string summary, std::string detail) {
  report(choice_.diagnostics, kind, {include_.checkout.file, include_.manifests_range},
         std::move(summary), std::move(detail));
}

/// Reads manifests where they lie.
class IncludeReader {
 public:
  explicit IncludeReader(const Include& include)
      : include_(include), directory_(include.checkout.working_dir) {}

  [[nodiscard]] ReadResult read();

 private:
  void list(const std::filesystem::path& place);
  void list_directory(const std::filesystem::path& directory);
  void read_file(const std::string& path, int base);
  void add_failure(const std::filesystem::path& path, int error);

  const Include& include_;
  const std::filesystem::path& directory_;
  std::vector<IncludedFile> files_;
  ReadResult result_;
};

void IncludeReader::add_failure(const std::filesystem::path& path, int error) {
  report(result_.diagnostics, Kind::cannot_read_manifest,
         {include_.checkout.file, include_.checkout.working_dir_range},
         fmt::format("cannot read {}", text::quoted(path.native())),
         describe_read_error(error, "a manifest"));
}

ReadResult IncludeReader::read() {
  const file::Descriptor base(open(directory_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!base.is_open()) {
    add_failure(directory_, errno);
    return std::move(result_);
  }
  for (const std::string& place : places_of(include_)) {
    list(directory_ / place);
  }
  std::ranges::sort(files_, {}, &IncludedFile::path);
  if (diagnostic::has_errors(result_.diagnostics)) {
    return std::move(result_);
  }
  ManifestChoice choice = choose_manifests(include_, files_);
  result_.diagnostics = std::move(choice.diagnostics);
  for (const std::string& path : choice.paths) {
    read_file(path, base.get());
  }
  return std::move(result_);
}

void IncludeReader::list(const std::filesystem::path& place) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(place, error);
  if (status.type() == std::filesystem::file_type::directory) {
    list_directory(place);
  } else if (status.type() != std::filesystem::file_type::not_found) {
    files_.push_back({.path = place.lexically_relative(directory_).native(),
                      .is_regular = status.type() == std::filesystem::file_type::regular});
  }
}

/// The repository of a submodule, and git's own directory, are no part of what is included.
void IncludeReader::list_directory(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> pending = {directory};
  while (!pending.empty()) {
    const std::filesystem::path current = std::move(pending.back());
    pending.pop_back();
    std::error_code error;
    std::filesystem::directory_iterator entry(current, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      std::error_code ignored;
      const auto type = entry->symlink_status(ignored).type();
      if (type != std::filesystem::file_type::directory) {
        files_.push_back({.path = entry->path().lexically_relative(directory_).native(),
                          .is_regular = type == std::filesystem::file_type::regular});
      } else if (!is_hidden(entry->path().filename().native()) &&
                 !(include_.checkout.git &&
                   std::filesystem::exists(entry->path() / ".git", ignored))) {
        pending.push_back(entry->path());
      }
    }
    if (error) {
      add_failure(current, error.value());
    }
  }
}

void IncludeReader::read_file(const std::string& path, int base) {
  const auto file =
      file::resolve(path, file::Links::none, base).and_then([](file::ResolvedPath resolved) {
        return file::RewritableFile::open(std::move(resolved));
      });
  if (!file) {
    add_failure(directory_ / path, file.error().code);
    return;
  }
  if (auto text = file::read_all(file->descriptor(), max_text_size)) {
    result_.sources.push_back(included_source(include_, path, *std::move(text)));
  } else {
    add_failure(directory_ / path, text.error());
  }
}

}  // namespace

std::vector<std::string> places_of(const Include& include) {
  std::vector<std::string> places;
  for (const std::string& path : include.manifests) {
    std::string place;
    for (const std::string_view part : parts_of(path)) {
      if (text::is_glob(part)) {
        break;
      }
      place += fmt::format("{}{}", place.empty() ? "" : "/", part);
    }
    places.push_back(std::move(place));
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

ManifestChoice choose_manifests(const Include& include, std::span<const IncludedFile> files) {
  return Chooser(include, files).choose();
}

ReadResult read_include(const Include& include) {
  return IncludeReader(include).read();
}

bool is_absent(const Include& include) {
  std::error_code ignored;
  return include.checkout.git &&
         !std::filesystem::exists(include.checkout.working_dir / ".git", ignored);
}

diagnostic::Diagnostic describe_absent(const Include& include) {
  return {.severity = diagnostic::Severity::warning,
          .kind = name(Kind::include_absent),
          .summary = fmt::format("include \"{}\" is not there yet", include.checkout.name),
          .detail = fmt::format("{} holds no checkout; fluke run clones it, and what its manifests "
                                "declare is not known before",
                                text::quoted(include.checkout.working_dir.native())),
          .file = include.checkout.file,
          .range = include.checkout.range,
          .notes = {}};
}

Source included_source(const Include& include, std::string_view path, std::string text) {
  const std::filesystem::path whole = include.checkout.working_dir / path;
  Source source(whole.native(), std::move(text), whole.parent_path());
  source.include = include.checkout.name;
  return source;
}

}  // namespace manifest
