#include "file/original.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "file/replace.h"

namespace file {

Original::Original(Place place, Descriptor file, const struct stat& status)
    : place_(std::move(place)), file_(std::move(file)), status_(status) {}

tl::expected<Original, Error> Original::open(Place place) {
  Descriptor file = place.open(O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    return tl::unexpected(Error{.operation = "open", .code = errno});
  }
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(Error{.operation = "open", .code = EINVAL});
  }
  return Original(std::move(place), std::move(file), status);
}

tl::expected<void, Error> Original::replace(std::string_view text) const {
  if (::faccessat(place_.directory.get(), place_.name.c_str(), W_OK, AT_EACCESS) != 0) {
    return tl::unexpected(Error{.operation = "write", .code = errno});
  }
  return file::replace(place_, text,
                       Former{.status = status_, .owner_is_needed = true, .is_needed = true});
}

}  // namespace file
