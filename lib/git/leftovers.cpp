#include "git/leftovers.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "git/fields.h"

namespace git {
namespace {

namespace fs = std::filesystem;

/// A file that was cut off further in than this is not read into memory: it is named instead.
constexpr std::uintmax_t most_compared = std::uintmax_t{64} * 1024 * 1024;

/// What lies at a path in the work tree; no symbolic link above it is followed.
struct Place {
  enum class Kind { absent, file, link, directory, other };
  Kind kind = Kind::absent;
  bool executable = false;
  std::uintmax_t size = 0;
  /// What stands where a directory above should be.
  std::string blocked_by;
};

Place look_at(const fs::path& root, const fs::path& path) {
  fs::path so_far;
  struct stat status {};
  for (const fs::path& name : path) {
    const fs::path above = so_far;
    if (!above.empty() && !S_ISDIR(status.st_mode)) {
      return {.blocked_by = above.native()};
    }
    so_far /= name;
    if (lstat((root / so_far).c_str(), &status) != 0) {
      return {};
    }
  }
  Place place{.executable = (status.st_mode & S_IXUSR) != 0,
              .size = static_cast<std::uintmax_t>(status.st_size)};
  place.kind = S_ISREG(status.st_mode)   ? Place::Kind::file
               : S_ISLNK(status.st_mode) ? Place::Kind::link
               : S_ISDIR(status.st_mode) ? Place::Kind::directory
                                         : Place::Kind::other;
  return place;
}

std::string beginning_of(const fs::path& file, std::uintmax_t size) {
  std::string text(size, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(size));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

/// Sorts what stands in the places of changed files into known and foreign.
class Search {
 public:
  Search(Repository& repository, const std::vector<ChangedFile>& files)
      : repository_(repository), root_(repository.directory()) {
    for (const ChangedFile& file : files) {
      files_.emplace(file.path, &file);
    }
  }

  [[nodiscard]] tl::expected<Leftovers, Error> run() {
    for (const auto& [path, file] : files_) {
      if (!file->before.is_file() && !file->after.is_file()) {
        continue;
      }
      const Place place = look_at(root_, path);
      if (auto sorted = sort(*file, place); !sorted) {
        return tl::unexpected(sorted.error());
      }
    }
    if (auto sorted = sort_regular_files(); !sorted) {
      return tl::unexpected(sorted.error());
    }
    return Leftovers{.intact = std::move(intact_),
                     .unfinished = std::move(unfinished_),
                     .foreign = {foreign_.begin(), foreign_.end()}};
  }

 private:
  tl::expected<void, Error> sort(const ChangedFile& file, const Place& place) {
    switch (place.kind) {
      case Place::Kind::absent:
        if (!place.blocked_by.empty() && !files_.contains(place.blocked_by)) {
          foreign_.insert(place.blocked_by);
        }
        return {};
      case Place::Kind::file:
        places_.emplace_back(&file, place);
        return {};
      case Place::Kind::link:
        return sort_link(file);
      case Place::Kind::directory:
        if (!file.before.is_submodule() && !file.after.is_submodule()) {
          sort_directory(file.path);
        }
        return {};
      case Place::Kind::other:
        foreign_.insert(file.path);
        return {};
    }
    return {};
  }

  void add(const ChangedFile& file, const Version& version) {
    if (&version == &file.before) {
      intact_.insert(file.path);
    } else {
      unfinished_.push_back(file.path);
    }
  }

  /// A directory where one of the versions is a file: what is in it must be known by itself.
  void sort_directory(const std::string& path) {
    std::error_code error;
    for (fs::recursive_directory_iterator it(root_ / path, error), end; !error && it != end;
         it.increment(error)) {
      const std::string inner = it->path().lexically_relative(root_).native();
      if (!it->is_directory() && !files_.contains(inner)) {
        foreign_.insert(inner);
      }
    }
  }

  tl::expected<void, Error> sort_link(const ChangedFile& file) {
    std::error_code error;
    const std::string target = fs::read_symlink(root_ / file.path, error).native();
    for (const Version* version : {&file.before, &file.after}) {
      if (error || !version->is_link()) {
        continue;
      }
      const auto answer = repository_.query({"cat-file", "blob", version->blob});
      if (!answer) {
        return tl::unexpected(answer.error());
      }
      if (answer->output == target) {
        add(file, *version);
        return {};
      }
    }
    foreign_.insert(file.path);
    return {};
  }

  tl::expected<void, Error> sort_regular_files() {
    std::vector<std::string> names;
    for (const auto& [file, place] : places_) {
      names.push_back(file->path);
    }
    auto next = places_.begin();
    for (std::vector<std::string>& batch : batches(names)) {
      batch.insert(batch.begin(), {"hash-object", "--"});
      const auto blobs = repository_.ask(batch);
      if (!blobs) {
        return tl::unexpected(blobs.error());
      }
      for (std::string_view rest = *blobs; !rest.empty(); ++next) {
        if (auto sorted = sort_file(*next->first, next->second, take(rest, '\n')); !sorted) {
          return sorted;
        }
      }
    }
    return {};
  }

  tl::expected<void, Error> sort_file(const ChangedFile& file, const Place& place,
                                      std::string_view blob) {
    for (const Version* version : {&file.before, &file.after}) {
      if (version->blob == blob && version->mode == (place.executable ? "100755" : "100644")) {
        add(file, *version);
        return {};
      }
    }
    const auto part = is_part(file, place);
    if (!part) {
      return tl::unexpected(part.error());
    }
    if (*part) {
      unfinished_.push_back(file.path);
    } else {
      foreign_.insert(file.path);
    }
    return {};
  }

  /// Whether the file is the beginning of one of its versions: git writes them in place.
  tl::expected<bool, Error> is_part(const ChangedFile& file, const Place& place) {
    if (place.size == 0 || place.size > most_compared) {
      return place.size == 0;
    }
    const std::string text = beginning_of(root_ / file.path, place.size);
    for (const Version* version : {&file.before, &file.after}) {
      if (!version->is_file() || version->is_link()) {
        continue;
      }
      const auto whole = repository_.query(
          {"cat-file", "--filters", "--path=" + file.path, version->blob}, place.size + 1);
      if (!whole) {
        return tl::unexpected(whole.error());
      }
      if (whole->output.size() > place.size && whole->output.starts_with(text)) {
        return true;
      }
    }
    return false;
  }

  Repository& repository_;
  const fs::path& root_;
  std::map<std::string_view, const ChangedFile*> files_;
  std::vector<std::pair<const ChangedFile*, Place>> places_;
  std::set<std::string> intact_;
  std::vector<std::string> unfinished_;
  std::set<std::string> foreign_;
};

}  // namespace

tl::expected<Leftovers, Error> find_leftovers(Repository& repository,
                                              const std::vector<ChangedFile>& files) {
  return Search(repository, files).run();
}

}  // namespace git
