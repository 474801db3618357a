#include "file/write.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace file {

tl::expected<void, int> write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno != EINTR) {
      return tl::unexpected(errno);
    }
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace file
