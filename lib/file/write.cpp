#include "file/write.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace file {
namespace {

/// A reader may be slow, or never read: with no signal blocked the wait can be ended.
void wait_until_writable(int fd) {
  pollfd writable{.fd = fd, .events = POLLOUT, .revents = 0};
  sigset_t none;
  sigemptyset(&none);
  ::ppoll(&writable, 1, nullptr, &none);
}

}  // namespace

tl::expected<void, int> write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EAGAIN) {
      wait_until_writable(fd);
    } else if (written < 0 && errno != EINTR) {
      return tl::unexpected(errno);
    }
    text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace file
