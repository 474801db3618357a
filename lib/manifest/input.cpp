#include "manifest/input.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "memory/large_pages.h"

namespace manifest {
namespace {

constexpr std::size_t first_read = std::size_t{64} << 10U;

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
  const std::size_t room = expected_size == 0 ? first_read : expected_size + 1;
  std::string text;
  memory::reserve_in_large_pages(text, room);
  text.resize(room);
  std::size_t used = 0;
  for (;;) {
    if (used == text.size()) {
      text.resize(2 * used);
    }
    const ssize_t count = ::read(descriptor_, text.data() + used, text.size() - used);
    if (count == 0) {
      text.resize(used);
      return text;
    }
    if (count < 0 && errno != EINTR) {
      return tl::unexpected(ReadFailure{errno});
    }
    used += count < 0 ? 0 : static_cast<std::size_t>(count);
    if (used > max_text_size) {
      return tl::unexpected(ReadFailure{});
    }
  }
}

}  // namespace manifest
