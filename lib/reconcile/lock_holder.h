// Finds out who holds a lock, and whether they are entitled to.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>

namespace reconcile {

/// The process that holds a flock(2) on `file`, such as "4711 (fluke)"; empty where nobody can
/// tell: the holder is in another container, or the file system has another number for the kernel
/// than for its users.
[[nodiscard]] std::string lock_holder(const std::filesystem::path& file);

/// Whether everyone who holds the flock(2) on `directory` may write to it, so that root has to
/// respect it; also where nobody can tell who holds it. To be asked by root, who sees everyone.
[[nodiscard]] bool is_held_by_writers(const struct stat& directory);

}  // namespace reconcile
