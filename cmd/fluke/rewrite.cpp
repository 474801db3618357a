#include "fluke/rewrite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "file/place.h"
#include "file/replace.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::unexpected<std::string> failure(const std::filesystem::path& path, std::string_view reason) {
  return tl::unexpected(fmt::format("cannot rewrite {}: {}", text::quoted(path.string()), reason));
}

}  // namespace

tl::expected<void, std::string> rewrite(const std::filesystem::path& path, std::string_view text) {
  const auto place = file::find_place(path, file::Links::any);
  if (!place) {
    return failure(path, file::describe(place.error()));
  }
  const int directory = place->directory.get();
  file::Former former{.owner_is_needed = true};
  if (::fstatat(directory, place->name.c_str(), &former.status, AT_SYMLINK_NOFOLLOW) != 0) {
    return failure(path, std::strerror(errno));
  }
  if (!S_ISREG(former.status.st_mode)) {
    return failure(path, "it is not a regular file; use - to format standard input");
  }
  if (::faccessat(directory, place->name.c_str(), W_OK, AT_EACCESS) != 0) {
    return failure(path, std::strerror(errno));
  }
  if (const auto replaced = file::replace(*place, text, former); !replaced) {
    return failure(path, file::describe(replaced.error()));
  }
  return {};
}

}  // namespace fluke
