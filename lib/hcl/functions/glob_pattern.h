// The patterns of file names.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hcl::functions {

/// What stands between two slashes.
struct GlobStep {
  /// As it is written.
  std::string text;
  /// Matches names as a whole; null where the text is the name itself, or "**".
  std::shared_ptr<const RE2> matcher;

  /// Any number of directories.
  [[nodiscard]] bool is_tree() const { return text == "**"; }
};

/// The steps from the directory down to the files; see glob.h. An error says what is wrong.
[[nodiscard]] tl::expected<std::vector<GlobStep>, std::string> parse_glob(std::string_view pattern);

}  // namespace hcl::functions
