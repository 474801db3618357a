// Finds the part of a path that is there already.
#pragma once

#include <filesystem>
#include <system_error>

namespace doctor {

/// `path`, or the nearest directory above it that exists.
[[nodiscard]] inline std::filesystem::path nearest_existing(std::filesystem::path path) {
  std::error_code ignored;
  while (!std::filesystem::exists(path, ignored) && path.has_relative_path()) {
    path = path.parent_path();
  }
  return path;
}

}  // namespace doctor
