// Renames an entry of a file system, and never replaces what already has its new name.
#pragma once

#include <filesystem>

namespace git {

/// 0 or an errno: EEXIST where `to` exists.
[[nodiscard]] int move_without_replacing(const std::filesystem::path& from,
                                         const std::filesystem::path& to);

/// The same for file systems whose rename(2) cannot promise it. Killed half-way, a file has both
/// names; a second call ends that.
[[nodiscard]] int move_by_link(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace git
