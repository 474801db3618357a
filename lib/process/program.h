// A program that fluke starts and does not bring along: how it is found, and since when it will do.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "process/environment.h"

namespace process {

struct Program {
  std::string_view name;
  /// Its absolute path, where nobody names another. With `passed_over`, root takes only what nobody
  /// else can change.
  std::optional<std::filesystem::path> (*find)(const Environment& environment,
                                               PassedOver* passed_over);
  /// What to say behind "NAME was" where find() answers nothing.
  std::string (*describe_not_found)(const Environment& environment);
  /// The first version that will do, by its two leading numbers.
  std::pair<int, int> oldest;
  /// What `NAME --version` prints before its version.
  std::string_view version_prefix = "";
};

/// The two leading numbers of a version such as "2.39.5".
[[nodiscard]] std::pair<int, int> leading_numbers(std::string_view version);

}  // namespace process
