#include "manifest/read.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>

#include "file/descriptor.h"
#include "file/read.h"
#include "manifest/input.h"
#include "manifest/kinds.h"
#include "manifest/report.h"
#include "text/quote.h"

namespace manifest {
namespace {

constexpr std::string_view suffix = ".fluke.hcl";

/// What cannot be read though it is there, or null for what can.
const char* unreadable_type(mode_t mode) {
  if (S_ISSOCK(mode)) {
    return "a socket";
  }
  return S_ISBLK(mode) ? "a block device" : nullptr;
}

bool has_suffix(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with(suffix) && !name.starts_with('.');
}

class Reader {
 public:
  void read_argument(const std::string& argument);
  [[nodiscard]] ReadResult take() && { return std::move(result_); }

 private:
  void read_standard_input();
  void read_directory(const std::filesystem::path& directory);
  void read_file(const std::filesystem::path& path, const struct stat& status);
  [[nodiscard]] std::vector<std::filesystem::path> list(const std::filesystem::path& directory);
  void add(Kind kind, std::string summary, std::string detail);
  void add_failure(std::string_view path, int error);

  ReadResult result_;
  std::set<std::pair<dev_t, ino_t>> seen_;
  bool has_standard_input_ = false;
};

void Reader::add(Kind kind, std::string summary, std::string detail) {
  report(result_.diagnostics, kind, {}, std::move(summary), std::move(detail));
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
    read_file(argument, status);
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
  auto text = file::read_all(STDIN_FILENO, max_text_size);
  if (!text) {
    add_failure("<stdin>", text.error());
    return;
  }
  result_.sources.emplace_back("<stdin>", *std::move(text), directory);
}

void Reader::read_file(const std::filesystem::path& path, const struct stat& status) {
  if (const char* type = unreadable_type(status.st_mode)) {
    add(Kind::cannot_read_manifest, fmt::format("cannot read {}", text::quoted(path.string())),
        fmt::format("it is {}; name a file, a directory or \"-\"", type));
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
  const file::Descriptor descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!descriptor.is_open()) {
    add_failure(path.string(), errno);
    return;
  }
  auto text = file::read_all(descriptor.get(), max_text_size);
  if (!text) {
    add_failure(path.string(), text.error());
    return;
  }
  result_.sources.emplace_back(path.string(), *std::move(text), directory);
}

/// The manifests below `directory`, in path order.
std::vector<std::filesystem::path> Reader::list(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> manifests;
  std::vector<std::filesystem::path> pending = {directory};
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
      } else if (has_suffix(entry->path()) && !entry->is_directory(ignored)) {
        manifests.push_back(entry->path());
      }
    }
    if (error) {
      add_failure(current.string(), error.value());
    }
  }
  std::ranges::sort(manifests);
  return manifests;
}

void Reader::read_directory(const std::filesystem::path& directory) {
  const std::size_t problems = result_.diagnostics.size();
  const std::vector<std::filesystem::path> manifests = list(directory);
  if (manifests.empty() && result_.diagnostics.size() == problems) {
    add(Kind::no_manifest, fmt::format("no manifest in {}", text::quoted(directory.string())),
        fmt::format("a directory stands for the files below it whose names end in \"{}\"; a file "
                    "of another name is read when it is named itself",
                    suffix));
  }
  for (const std::filesystem::path& path : manifests) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      add_failure(path.string(), errno);
    } else if (S_ISREG(status.st_mode)) {
      read_file(path, status);
    } else {
      add(Kind::cannot_read_manifest, fmt::format("cannot read {}", text::quoted(path.string())),
          "it is not a regular file; one that is no file is read only when it is named itself");
    }
  }
}

}  // namespace

ReadResult read(std::span<const std::string> arguments) {
  Reader reader;
  for (const std::string& argument : arguments) {
    reader.read_argument(argument);
  }
  return std::move(reader).take();
}

}  // namespace manifest
