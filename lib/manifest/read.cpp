#include "manifest/read.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>

#include "file/contents.h"
#include "file/descriptor.h"
#include "manifest/input.h"
#include "manifest/kinds.h"
#include "manifest/report.h"
#include "text/quote.h"

namespace manifest {
namespace {

constexpr std::string_view json_suffix = ".hcl.json";
constexpr std::string_view json_remedy =
    "JSON syntax is not read; write it in native syntax, in a file whose name ends in "
    "\".fluke.hcl\"";

/// What cannot be read though it is there; nothing for what can.
std::optional<std::string_view> unreadable_type(mode_t mode) {
  if (S_ISSOCK(mode)) {
    return "a socket";
  }
  return S_ISBLK(mode) ? std::optional("a block device") : std::nullopt;
}

bool has_suffix(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(manifest_suffix) && !name.starts_with('.');
}

/// Whether it would be a manifest in JSON.
bool has_json_suffix(const std::filesystem::path& path) {
  return path.extension() == ".json" && has_suffix(path.stem());
}

/// What takes a text, and the file that it came from where that is wanted.
using Take = std::function<void(Source source, const file::RewritableFile* original)>;

/// A directory that was named.
struct Base {
  std::filesystem::path path;
  file::Descriptor descriptor;
};

class Reader {
 public:
  Reader(bool wants_originals, Take take)
      : wants_originals_(wants_originals), take_(std::move(take)) {}

  void read_argument(const std::string& argument);
  [[nodiscard]] diagnostic::Diagnostics take_diagnostics() { return std::move(diagnostics_); }

 private:
  void read_standard_input();
  void read_directory(const std::filesystem::path& directory);
  /// `base` is null for a file that was named itself.
  void read_file(const std::filesystem::path& path, const struct stat& status, const Base* base);
  void read_text(int descriptor, const std::filesystem::path& path,
                 const std::filesystem::path& directory, const file::RewritableFile* original);
  [[nodiscard]] std::vector<std::filesystem::path> list(const std::filesystem::path& directory);
  void add(Kind kind, std::string summary, std::string detail);
  void add_failure(std::string_view path, int error);

  bool wants_originals_;
  Take take_;
  diagnostic::Diagnostics diagnostics_;
  /// Manifests in JSON that stood in the last directory that was listed.
  std::vector<std::filesystem::path> left_out_;
  std::set<std::pair<dev_t, ino_t>> seen_;
  bool has_standard_input_ = false;
};

void Reader::add(Kind kind, std::string summary, std::string detail) {
  report(diagnostics_, kind, {}, std::move(summary), std::move(detail));
}

void Reader::add_failure(std::string_view path, int error) {
  add(Kind::cannot_read_manifest, fmt::format("cannot read {}", text::quoted(path)),
      describe_read_error(error, "a manifest"));
}

void Reader::read_argument(const std::string& argument) {
  if (argument == "-") {
    read_standard_input();
    return;
  }
  struct stat status {};
  if (stat(argument.c_str(), &status) != 0) {
    add_failure(argument, errno);
  } else if (S_ISDIR(status.st_mode)) {
    read_directory(argument);
  } else {
    read_file(argument, status, nullptr);
  }
}

void Reader::read_standard_input() {
  if (std::exchange(has_standard_input_, true)) {
    return;
  }
  std::error_code error;
  const std::filesystem::path directory = std::filesystem::current_path(error);
  if (error) {
    add_failure(".", error.value());
    return;
  }
  read_text(STDIN_FILENO, "<stdin>", directory, nullptr);
}

/// Follows no link in what was found below `base`: somebody may put one there at any moment.
tl::expected<file::RewritableFile, file::Error> open_rewritable(const std::filesystem::path& path,
                                                                const Base* base) {
  auto resolved = base == nullptr ? file::resolve(path, file::Links::any)
                                  : file::resolve(path.lexically_relative(base->path),
                                                  file::Links::none, base->descriptor.get());
  return std::move(resolved).and_then(file::RewritableFile::open);
}

void Reader::read_file(const std::filesystem::path& path, const struct stat& status,
                       const Base* base) {
  if (const auto type = unreadable_type(status.st_mode)) {
    add(Kind::cannot_read_manifest, fmt::format("cannot read {}", text::quoted(path.string())),
        fmt::format("it is {}; name a file, a directory or \"-\"", *type));
    return;
  }
  if (path.string().ends_with(json_suffix)) {
    add(Kind::cannot_read_manifest, fmt::format("cannot read {}", text::quoted(path.string())),
        std::string(json_remedy));
    return;
  }
  const bool is_regular = S_ISREG(status.st_mode);
  if (is_regular && !seen_.emplace(status.st_dev, status.st_ino).second) {
    return;
  }
  // A pipe has no directory of its own: what comes out of it counts from where fluke was started.
  std::error_code error;
  const std::filesystem::path directory =
      is_regular ? std::filesystem::absolute(path, error).lexically_normal().parent_path()
                 : std::filesystem::current_path(error);
  if (error) {
    add_failure(path.string(), error.value());
    return;
  }
  if (is_regular && wants_originals_) {
    if (const auto original = open_rewritable(path, base)) {
      read_text(original->descriptor(), path, directory, &*original);
    } else {
      add_failure(path.string(), original.error().code);
    }
    return;
  }
  const file::Descriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (descriptor.is_open()) {
    read_text(descriptor.get(), path, directory, nullptr);
  } else {
    add_failure(path.string(), errno);
  }
}

void Reader::read_text(int descriptor, const std::filesystem::path& path,
                       const std::filesystem::path& directory,
                       const file::RewritableFile* original) {
  if (auto text = file::read_all(descriptor, max_text_size)) {
    take_(Source(path.string(), *std::move(text), directory), original);
  } else {
    add_failure(path.string(), text.error());
  }
}

/// The manifests below `directory`, in path order.
std::vector<std::filesystem::path> Reader::list(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> manifests;
  std::vector<std::filesystem::path> pending = {directory};
  left_out_.clear();
  while (!pending.empty()) {
    const std::filesystem::path current = std::move(pending.back());
    pending.pop_back();
    std::error_code error;
    std::filesystem::directory_iterator entry(current, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      std::error_code ignored;
      if (entry->symlink_status(ignored).type() == std::filesystem::file_type::directory) {
        if (!entry->path().filename().string().starts_with('.')) {
          pending.push_back(entry->path());
        }
      } else if (has_suffix(entry->path()) && !entry->is_directory(ignored) &&
                 !(wants_originals_ && entry->is_symlink(ignored))) {
        manifests.push_back(entry->path());
      } else if (has_json_suffix(entry->path())) {
        left_out_.push_back(entry->path());
      }
    }
    if (error) {
      add_failure(current.string(), error.value());
    }
  }
  std::ranges::sort(manifests);
  std::ranges::sort(left_out_);
  return manifests;
}

void Reader::read_directory(const std::filesystem::path& directory) {
  const Base base = {
      .path = directory,
      .descriptor = file::Descriptor(open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))};
  if (!base.descriptor.is_open()) {
    add_failure(directory.string(), errno);
    return;
  }
  const std::size_t problems = diagnostics_.size();
  const std::vector<std::filesystem::path> manifests = list(directory);
  if (manifests.empty() && diagnostics_.size() == problems) {
    add(Kind::no_manifest, fmt::format("no manifest in {}", text::quoted(directory.string())),
        fmt::format("a directory stands for the files below it whose names end in \"{}\"{}; a "
                    "file of another name is read when it is named itself",
                    manifest_suffix, wants_originals_ ? ", links left out" : ""));
  }
  for (const std::filesystem::path& path : left_out_) {
    report(diagnostics_, Kind::cannot_read_manifest, {},
           fmt::format("{} is left out", text::quoted(path.string())), std::string(json_remedy))
        .severity = diagnostic::Severity::warning;
  }
  for (const std::filesystem::path& path : manifests) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      add_failure(path.string(), errno);
    } else if (S_ISREG(status.st_mode)) {
      read_file(path, status, &base);
    } else {
      add(Kind::cannot_read_manifest, fmt::format("cannot read {}", text::quoted(path.string())),
          "it is not a regular file; one that is no file is read only when it is named itself");
    }
  }
}

}  // namespace

ReadResult read(std::span<const std::string> arguments) {
  ReadResult result;
  Reader reader(false, [&](Source source, const file::RewritableFile* /*original*/) {
    result.sources.push_back(std::move(source));
  });
  for (const std::string& argument : arguments) {
    reader.read_argument(argument);
  }
  result.diagnostics = reader.take_diagnostics();
  return result;
}

diagnostic::Diagnostics read_rewritable(
    std::span<const std::string> arguments,
    const std::function<void(const Source& source, const file::RewritableFile* original)>& take) {
  Reader reader(true, take);
  for (const std::string& argument : arguments) {
    reader.read_argument(argument);
  }
  return reader.take_diagnostics();
}

}  // namespace manifest
