#include "git/work_tree.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "git/git_directory.h"
#include "git/scratch.h"
#include "text/fields.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

/// A file that was cut off further in than this is not read into memory.
constexpr std::uintmax_t most_compared = std::uintmax_t{64} * 1024 * 1024;

/// As `git update-index --index-info` reads it.
std::string index_entry(const Version& version, const std::string& path) {
  return fmt::format("{} {}\t{}", version.mode, version.blob, path) + '\0';
}

tl::expected<void, Error> expect_success(Repository repository,
                                         const std::vector<std::string>& arguments,
                                         const std::string& input = {}) {
  const auto answer = repository.run(arguments, input);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure(arguments.front(), *answer));
  }
  return {};
}

/// What the index has at a path.
struct Entry {
  Version version;
  /// Left out of the work tree, as in a sparse checkout.
  bool is_skipped = false;
};
using Index = std::map<std::string, Entry, std::less<>>;

tl::expected<Index, Error> read_index(Repository& repository) {
  const auto answer = repository.query({"ls-files", "-t", "--stage", "-z"}, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status != 0) {
    return tl::unexpected(repository.failure("ls-files", *answer));
  }
  Index index;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    std::string_view line = text::take(rest, '\0');
    Entry entry{.is_skipped = text::take(line, ' ') == "S"};
    entry.version.mode = text::take(line, ' ');
    entry.version.blob = text::take(line, ' ');
    if (text::take(line, '\t') != "0") {
      // Of one that a merge has left in several versions, none is either commit's.
      entry.version = {};
    }
    index.insert_or_assign(std::string(line), std::move(entry));
  }
  return index;
}

std::string read_beginning(const fs::path& file, std::uintmax_t size) {
  std::string text(size, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(size));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

/// Whether the file is the beginning of one of its versions: git writes them in place.
tl::expected<bool, Error> is_begun(Repository& repository, const ChangedFile& file) {
  const fs::path place = repository.directory() / file.path;
  struct stat status {};
  if (lstat(place.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return false;
  }
  const auto size = static_cast<std::uintmax_t>(status.st_size);
  if (size == 0 || size > most_compared) {
    return size == 0;
  }
  const std::string text = read_beginning(place, size);
  for (const Version* version : {&file.before, &file.after}) {
    if (!version->is_file()) {
      continue;
    }
    const auto whole =
        repository.query({"cat-file", "--filters", "--path=" + file.path, version->blob}, size + 1);
    if (!whole) {
      return tl::unexpected(whole.error());
    }
    if (whole->output.size() > size && whole->output.starts_with(text)) {
      return true;
    }
  }
  return false;
}

/// What is in the place of a file.
enum class Content { as_before, as_after, absent, of_somebody };

class WorkTree {
 public:
  [[nodiscard]] static tl::expected<WorkTree, Error> look_at(Repository& repository,
                                                             Difference& difference) {
    const auto& files = difference.files();
    if (!files) {
      return tl::unexpected(files.error());
    }
    auto before = compare_files(repository, *files, &ChangedFile::before);
    auto after = compare_files(repository, *files, &ChangedFile::after);
    auto index = read_index(repository);
    if (!before || !after || !index) {
      return tl::unexpected(!before ? before.error() : !after ? after.error() : index.error());
    }
    return WorkTree(repository, *files, *std::move(before), *std::move(after), *std::move(index));
  }

  /// git leaves alone what the index has as after the move, and replaces what it has as before it,
  /// the file being so or absent.
  [[nodiscard]] tl::expected<void, Error> prepare() {
    return for_each_file([&](const ChangedFile& file, Content content) {
      if (content == Content::as_after && file.before.is_absent() && has_below(file.path)) {
        // The index cannot have both.
        remove_.push_back(file.path);
      } else if (content != Content::of_somebody) {
        enter(file.path, content == Content::as_after ? file.after : file.before);
      }
    });
  }

  [[nodiscard]] tl::expected<void, Error> carry_over() {
    return for_each_file([&](const ChangedFile& file, Content content) {
      enter(file.path, file.after);
      if (content == Content::as_before) {
        remove_.push_back(file.path);
      }
      if ((content == Content::as_before || content == Content::absent) &&
          !file.after.is_absent() && !is_skipped(file.path)) {
        write_ += file.path + '\0';
      }
    });
  }

 private:
  WorkTree(Repository& repository, std::vector<ChangedFile> files, States before, States after,
           Index index)
      : repository_(&repository),
        files_(std::move(files)),
        before_(std::move(before)),
        after_(std::move(after)),
        index_(std::move(index)) {}

  /// For each of which the index has one of its versions: the others are somebody's altogether.
  template <typename Decide>
  tl::expected<void, Error> for_each_file(Decide decide) {
    for (const ChangedFile& file : files_) {
      if (!has(file.path, file.before) && !has(file.path, file.after)) {
        continue;
      }
      const auto content = content_of(file);
      if (!content) {
        return tl::unexpected(content.error());
      }
      decide(file, *content);
    }
    return carry_out();
  }

  tl::expected<Content, Error> content_of(const ChangedFile& file) {
    if (!file.before.is_file() && !file.after.is_file()) {
      // A submodule: its directory, and no more, comes with the move.
      return is_there(repository_->directory() / file.path) ? Content::of_somebody
                                                            : Content::absent;
    }
    if (is_absent(before_, file.path) || is_absent(after_, file.path)) {
      absent_.push_back(file.path);
      return file.after.is_file() ? Content::absent : Content::as_after;
    }
    if (file.after.is_file() && !after_.contains(file.path)) {
      return Content::as_after;
    }
    if (file.before.is_file() && !before_.contains(file.path)) {
      return Content::as_before;
    }
    return is_begun(*repository_, file).map([&](bool begun) {
      if (begun) {
        remove_.push_back(file.path);
      }
      return begun ? Content::absent : Content::of_somebody;
    });
  }

  tl::expected<void, Error> carry_out() {
    // Where nothing is to be entered, the lock that a kill has left goes all the same.
    if (!entries_.empty() || is_locked()) {
      if (auto entered = expect_success(
              *repository_, {"update-index", "--force-write-index", "-z", "--index-info"},
              entries_);
          !entered) {
        return entered;
      }
    }
    for (const std::string& path : remove_) {
      unlink((repository_->directory() / path).c_str());
    }
    absent_.insert(absent_.end(), remove_.begin(), remove_.end());
    for (const std::string& path : absent_) {
      for (fs::path above = fs::path(path).parent_path();
           !above.empty() && rmdir((repository_->directory() / above).c_str()) == 0;
           above = above.parent_path()) {
      }
    }
    return write_.empty()
               ? tl::expected<void, Error>()
               : expect_success(*repository_, {"checkout-index", "-z", "--stdin"}, write_);
  }

  [[nodiscard]] bool is_locked() const {
    return is_there(find_git_directory(repository_->directory()).own / "index.lock");
  }

  void enter(const std::string& path, const Version& version) {
    if (!has(path, version)) {
      entries_ += index_entry(version, path);
    }
  }

  static bool is_absent(const States& states, const std::string& path) {
    const auto found = states.find(path);
    return found != states.end() && found->second == 'D';
  }

  /// Whether the index has this version.
  [[nodiscard]] bool has(const std::string& path, const Version& version) const {
    const auto found = index_.find(path);
    return found == index_.end() ? version.is_absent() : found->second.version == version;
  }

  [[nodiscard]] bool has_below(const std::string& path) const {
    const auto next = index_.lower_bound(path + '/');
    return next != index_.end() && next->first.starts_with(path + '/');
  }

  [[nodiscard]] bool is_skipped(const std::string& path) const {
    const auto found = index_.find(path);
    return found != index_.end() && found->second.is_skipped;
  }

  Repository* repository_;
  std::vector<ChangedFile> files_;
  States before_;
  States after_;
  Index index_;
  /// What is to be done: entries of the index, files that go, those that are absent, and those that
  /// git is to write.
  std::string entries_;
  std::vector<std::string> remove_;
  std::vector<std::string> absent_;
  std::string write_;
};

}  // namespace

tl::expected<States, Error> compare_files(const Repository& repository,
                                          const std::vector<ChangedFile>& files,
                                          Version ChangedFile::*side) {
  std::string entries;
  for (const ChangedFile& file : files) {
    if ((file.*side).is_file()) {
      entries += index_entry(file.*side, file.path);
    }
  }
  if (entries.empty()) {
    return States();
  }
  const Scratch index(repository.directory(), Scratch::index);
  Repository asking = index.as_index(repository);
  if (auto entered = expect_success(asking, {"update-index", "-z", "--index-info"}, entries);
      !entered) {
    return tl::unexpected(entered.error());
  }
  // It fails for every file that differs.
  if (const auto refreshed = asking.query({"update-index", "-q", "--refresh"}); !refreshed) {
    return tl::unexpected(refreshed.error());
  }
  const auto answer =
      asking.query({"diff-files", "-z", "--name-status", "--no-renames"}, most_names);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  States states;
  std::string_view rest = answer->output;
  while (!rest.empty()) {
    const std::string_view letter = text::take(rest, '\0');
    states.emplace(text::take(rest, '\0'), letter.front());
  }
  return states;
}

tl::expected<void, Error> prepare_to_go_on(Repository& repository, Difference& difference) {
  return WorkTree::look_at(repository, difference).and_then([](WorkTree tree) {
    return tree.prepare();
  });
}

tl::expected<void, Error> carry_over(Repository& repository, Difference& difference) {
  return WorkTree::look_at(repository, difference)
      .and_then([](WorkTree tree) { return tree.carry_over(); })
      .map_error([&](Error error) {
        if (error.cause == Cause::failed) {
          error.message = fmt::format("an update of {} was cut off half-way, and git cannot end it",
                                      text::quoted(repository.directory().native()));
          const std::string_view said = error.output;
          if (!said.empty()) {
            error.message += ": " + text::neutralised(said.substr(0, said.find('\n')));
          }
        }
        return error;
      });
}

}  // namespace git
