#include "manifest/input.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
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

std::string describe(ReadFailure failure, std::string_view what) {
  return failure.error == 0
             ? fmt::format("{} is at most 1 GiB large", what)
             : std::generic_category().message(failure.error) + std::string(remedy(failure.error));
}

Input::~Input() {
  if (descriptor_ > STDIN_FILENO) {
    close(descriptor_);
  }
}

tl::expected<std::string, ReadFailure> Input::read_all(std::size_t expected_size) const {
  std::string text;
  text.reserve(expected_size);
  std::array<char, std::size_t{64} << 10U> part;
  for (;;) {
    const ssize_t count = ::read(descriptor_, part.data(), part.size());
    if (count == 0) {
      return text;
    }
    if (count < 0 && errno != EINTR) {
      return tl::unexpected(ReadFailure{errno});
    }
    text.append(part.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
    if (text.size() > max_text_size) {
      return tl::unexpected(ReadFailure{});
    }
  }
}

}  // namespace manifest
