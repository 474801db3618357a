#include "git/url.h"

#include <string>

namespace git {
namespace {

void drop_slashes(std::string& url) {
  while (url.size() > 1 && url.ends_with('/')) {
    url.pop_back();
  }
}

/// A path, as opposed to scheme://…, helper::… and host:path.
bool is_path(std::string_view url) {
  const std::size_t colon = url.find(':');
  return colon == std::string_view::npos || url.find('/') < colon;
}

std::string normalised(std::string_view url, const std::filesystem::path& directory) {
  constexpr std::string_view file = "file://";
  if (url.starts_with(file) && url.substr(file.size()).starts_with('/')) {
    url.remove_prefix(file.size());
  }
  std::string out(url);
  if (is_path(url)) {
    out = (directory / url).lexically_normal().native();
  }
  drop_slashes(out);
  if (out.ends_with(".git")) {
    out.resize(out.size() - 4);
    drop_slashes(out);
  }
  return out;
}

}  // namespace

bool same_url(std::string_view a, std::string_view b, const std::filesystem::path& directory) {
  return normalised(a, directory) == normalised(b, directory);
}

}  // namespace git
