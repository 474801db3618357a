// Where git keeps what belongs to a checkout, without asking git.
#pragma once

#include <filesystem>
#include <string>

namespace git {

struct GitDirectory {
  /// HEAD and the index: ".git", or where a file of that name points.
  std::filesystem::path own;
  /// Branches, objects and configuration: the same, unless the checkout is one of several work
  /// trees of one repository.
  std::filesystem::path common;
};

/// Where fluke notes, for as long as it takes, that its git is moving the checkout, or fetching.
[[nodiscard]] std::filesystem::path update_note(const std::filesystem::path& checkout);
[[nodiscard]] std::filesystem::path fetch_note(const std::filesystem::path& checkout);

/// A former run was killed while its git was at one of these.
[[nodiscard]] bool was_cut_off(const std::filesystem::path& checkout);

/// A file of git's; empty where it cannot be read, is no regular file or is larger than a mebibyte.
[[nodiscard]] std::string read_small_file(const std::filesystem::path& file);

/// Something is there, if only a link that leads nowhere.
[[nodiscard]] bool is_there(const std::filesystem::path& path);

/// Both are empty where `checkout` has no `.git`, or one that cannot be followed.
[[nodiscard]] GitDirectory find_git_directory(const std::filesystem::path& checkout);

}  // namespace git
