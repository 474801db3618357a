// Finds out whether somebody else can change a file that is about to be trusted.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace file {

/// Whether the right of a group to write counts as somebody else's. Distributions give such a right
/// in directories of programs, to groups of administrators.
enum class Groups { trusted, not_trusted };

/// Why somebody other than root and the effective user can change the file at `path`, or put
/// another one in its place: `"/srv/app/mise.toml" belongs to uid 1001`. Nothing if nobody can, or
/// if there is no such file. The directory that a file lies in counts, and the one that a link
/// leads to; those above do not.
[[nodiscard]] std::optional<std::string> why_unsafe(const std::filesystem::path& path,
                                                    Groups groups = Groups::not_trusted);

}  // namespace file
