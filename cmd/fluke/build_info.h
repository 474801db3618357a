// What this program is and where it comes from, as git and CMake knew it when it was built.
#pragma once

#include <chrono>
#include <string_view>

namespace fluke {

struct BuildInfo {
  /// "0.1.0", that of the CMake project.
  std::string_view version;
  /// The full name of the commit, with "-dirty" behind it where files differed from it; "unknown"
  /// where the source was no checkout.
  std::string_view commit;
  /// When that commit was made; the epoch itself where nobody knows.
  std::chrono::sys_seconds time;
  /// "Release", "Debug" …
  std::string_view type;
};

[[nodiscard]] BuildInfo build_info();

}  // namespace fluke
