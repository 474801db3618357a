// Compares remote urls as git understands them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace git {

/// Whether two urls are spellings of one: a trailing slash, a trailing ".git", "file://" before an
/// absolute path, a path relative to `directory`, the case of a host, a scheme's own port,
/// "host:/path" for "ssh://host/path" make no difference, and neither do user name and password
/// over http.
[[nodiscard]] bool same_url(std::string_view a, std::string_view b,
                            const std::filesystem::path& directory);

/// A path relative to `directory` as one that holds everywhere; any other url as it is.
[[nodiscard]] std::string with_absolute_path(const std::string& url,
                                             const std::filesystem::path& directory);

/// Whether git starts ssh, or a helper that may, to get there: not for a path, nor for the schemes
/// that git speaks itself. What url.BASE.insteadOf makes of it is another matter.
[[nodiscard]] bool may_use_ssh(std::string_view url);

}  // namespace git
