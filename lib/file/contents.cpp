#include "file/contents.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "file/descriptor.h"

namespace file {

tl::expected<std::string, int> read_all(int fd, std::size_t most) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) {
    return tl::unexpected(errno);
  }
  const auto size = static_cast<std::size_t>(S_ISREG(status.st_mode) ? status.st_size : 0);
  std::string text;
  if (size <= most) {
    text.reserve(size);
  }
  std::array<char, std::size_t{64} << 10U> part;
  while (size <= most && text.size() <= most) {
    const ssize_t count = ::read(fd, part.data(), part.size());
    if (count == 0) {
      return text;
    }
    if (count < 0 && errno != EINTR) {
      return tl::unexpected(errno);
    }
    text.append(part.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
  }
  return tl::unexpected(EFBIG);
}

tl::expected<std::string, int> read_regular(const std::filesystem::path& path, std::size_t most) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    return tl::unexpected(errno);
  }
  return S_ISREG(status.st_mode) ? read_all(file.get(), most) : tl::unexpected(EINVAL);
}

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
