// Finds out, through /proc, whether a process is at work on a file or in a directory, before what
// it may have left behind is taken for dead.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string_view>

namespace process {

/// A process that has `file` open. Those of other users can be looked into by root only.
[[nodiscard]] std::optional<pid_t> find_holder(const std::filesystem::path& file);

/// A process whose program's name begins with `name` and whose working directory is `directory` or
/// below it; nothing where there is no such directory.
[[nodiscard]] std::optional<pid_t> find_at_work(std::string_view name,
                                                const std::filesystem::path& directory);

/// Whether /proc tells of every process of this host: it does not in a container, whose processes
/// have a namespace of their own.
[[nodiscard]] bool sees_all_processes();

}  // namespace process
