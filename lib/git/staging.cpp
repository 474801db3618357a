#include "git/staging.h"

#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "git/git_directory.h"
#include "git/head_move.h"
#include "git/move.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view staging_name = ".fluke-clone";
/// What git is cloning into, followed by six random characters.
constexpr std::string_view unfinished_prefix = "unfinished-";
/// What an earlier version called a clone that it had not moved into place yet.
constexpr std::string_view complete_name = "complete";
constexpr std::string_view git_name = ".git";

Error cannot(std::string_view operation, const fs::path& path, const std::error_code& error) {
  return {.cause = Cause::failed,
          .message = fmt::format("cannot {} {}: {}", operation, text::quoted(path.native()),
                                 error.message())};
}

Error refused(const fs::path& directory, std::string_view what) {
  return {.cause = Cause::refused,
          .message = fmt::format("{} {}", text::quoted(directory.native()), what)};
}

/// The names in a directory, sorted.
tl::expected<std::vector<std::string>, Error> sorted_names_in(const fs::path& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().native());
  }
  if (error) {
    return tl::unexpected(cannot("read directory", directory, error));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Whether the staging directory holds nothing that we did not put there.
bool is_ours(const fs::path& staging) {
  std::error_code ignored;
  if (!fs::is_directory(fs::symlink_status(staging, ignored))) {
    return false;
  }
  const auto names = sorted_names_in(staging);
  return names && std::ranges::all_of(*names, [](const std::string& name) {
           return name == complete_name || name.starts_with(unfinished_prefix);
         });
}

tl::expected<void, Error> move_entry(const fs::path& from, const fs::path& to) {
  const int error = move_without_replacing(from, to);
  if (error == 0) {
    return {};
  }
  if (error == EEXIST) {
    return tl::unexpected(
        refused(to, "is in the way of the clone; move it away, and the next run goes on"));
  }
  return tl::unexpected(cannot("move the clone to", to, {error, std::generic_category()}));
}

/// Removes empty directories from `innermost` up to `outermost`.
void remove_made(fs::path innermost, const fs::path& outermost) {
  std::error_code error;
  while (!outermost.empty() && fs::remove(innermost, error) && innermost != outermost) {
    innermost = innermost.parent_path();
  }
}

fs::path outermost_absent(const fs::path& directory) {
  fs::path absent;
  for (fs::path at = directory; !is_there(at); at = at.parent_path()) {
    absent = at;
  }
  return absent;
}

}  // namespace

tl::expected<Target, Error> examine(const fs::path& directory) {
  std::error_code error;
  const fs::file_status status = fs::status(directory, error);
  if (status.type() == fs::file_type::not_found) {
    return Target::absent;
  }
  if (status.type() == fs::file_type::none) {
    return tl::unexpected(cannot("look at", directory, error));
  }
  if (status.type() != fs::file_type::directory) {
    return tl::unexpected(refused(directory, "is not a directory"));
  }
  if (is_there(directory / git_name)) {
    return Target::checkout;
  }
  const auto names = sorted_names_in(directory);
  if (!names) {
    return tl::unexpected(names.error());
  }
  if (names->empty() || (names->size() == 1 && is_ours(directory / staging_name))) {
    return Target::empty;
  }
  if (is_there(directory / "HEAD") && is_there(directory / "objects") &&
      is_there(directory / "refs")) {
    return tl::unexpected(refused(
        directory, "is a bare git repository, not a checkout; name a directory to clone into"));
  }
  return tl::unexpected(refused(directory,
                                "is not empty and not a git checkout; move its files away, or name "
                                "another directory"));
}

tl::expected<Staging, Error> Staging::create(const fs::path& directory) {
  Staging staging(directory);
  staging.made_ = outermost_absent(directory);
  remove_staged(directory);
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) {
    return tl::unexpected(cannot("make directory", directory, error));
  }
  fs::create_directory(directory / staging_name, error);
  if (error) {
    return tl::unexpected(cannot("make directory", directory / staging_name, error));
  }
  std::string pattern = (directory / staging_name / unfinished_prefix).native() + "XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    return tl::unexpected(
        cannot("make directory", pattern, std::error_code(errno, std::generic_category())));
  }
  staging.checkout_ = fs::path(staging_name) / fs::path(pattern).filename();
  return staging;
}

Staging::Staging(Staging&& other) noexcept
    : directory_(std::exchange(other.directory_, {})),
      checkout_(std::move(other.checkout_)),
      made_(std::move(other.made_)) {}

Staging::~Staging() {
  if (!directory_.empty()) {
    remove_staged(directory_);
    remove_made(directory_, made_);
  }
}

tl::expected<void, Error> Staging::finish(const std::string& commit) {
  const fs::path from = directory_ / checkout_;
  auto names = sorted_names_in(from);
  if (!names) {
    return tl::unexpected(names.error());
  }
  if (const auto noted = write_note(from, {.from = "", .to = commit}); !noted) {
    return tl::unexpected(noted.error());
  }
  if (!write_to_disk(from)) {
    return tl::unexpected(
        cannot("write to disk", from, std::error_code(errno, std::generic_category())));
  }
  // From here on the directory is a checkout, whose other files git can write anew.
  std::stable_partition(names->begin(), names->end(),
                        [](const std::string& name) { return name == git_name; });
  tl::expected<void, Error> all_moved;
  for (const std::string& name : *names) {
    auto moved = move_entry(from / name, directory_ / name);
    if (!moved && name == git_name) {
      return moved;
    }
    all_moved = all_moved ? std::move(moved) : all_moved;
  }
  remove_staged(directory_);
  if (all_moved) {
    // No file system writes this down before the renames.
    unlink(update_note(directory_).c_str());
  }
  return all_moved;
}

void remove_staged(const fs::path& directory) {
  const fs::path staging = directory / staging_name;
  if (is_ours(staging)) {
    std::error_code ignored;
    fs::remove_all(staging, ignored);
  }
}

}  // namespace git
