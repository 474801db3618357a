// The functions that look at the host: abspath, env, file, fileexists, fileset, hostname,
// pathexpand, templatefile.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hcl/value/function.h"

namespace hcl {

/// What these functions need to know.
struct Host {
  /// What relative paths start from; absolute.
  std::filesystem::path directory;
  std::function<std::optional<std::string>(std::string_view name)> environment;
  /// The value of a template's text that uses these variables. `path` is what messages call it.
  std::function<FunctionResult(const std::string& path, std::string text, const Members& variables)>
      render;
  /// Asked before each file or directory that is looked at: false ends the search.
  std::function<bool()> may_look = [] { return true; };
};

[[nodiscard]] Functions host_functions(Host host);

}  // namespace hcl
