// Finds out who holds a lock.
#pragma once

#include <filesystem>
#include <string>

namespace reconcile {

/// The process that holds a flock(2) on `file`, such as "4711 (fluke)"; empty where nobody can
/// tell: the holder is in another container, or the file system has another number for the kernel
/// than for its users.
[[nodiscard]] std::string lock_holder(const std::filesystem::path& file);

}  // namespace reconcile
