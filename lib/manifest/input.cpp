#include "manifest/input.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

namespace manifest {
namespace {

/// What to do about an error of the system.
std::string_view remedy(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return "; check the path";
    case EACCES:
    case EPERM:
      return "; let the user that runs fluke read it";
    case EMFILE:
    case ENFILE:
      return "; raise the limit on open files";
    default:
      return "";
  }
}

}  // namespace

std::string describe_read_error(int error, std::string_view what) {
  return error == EFBIG ? fmt::format("{} is at most 1 GiB large", what)
                        : std::generic_category().message(error) + std::string(remedy(error));
}

}  // namespace manifest
