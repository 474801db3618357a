#include "hcl/functions/text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "file/contents.h"
#include "file/descriptor.h"
#include "hcl/value/limits.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

constexpr std::size_t max_size = max_value_size - part_size;

tl::unexpected<std::string> problem(const std::string& path, std::string_view what) {
  return tl::unexpected(fmt::format("{}: {}", text::quoted(path), what));
}

tl::unexpected<std::string> system_problem(const std::string& path, int error) {
  return problem(path, std::generic_category().message(error));
}

/// What a path names that is not a regular file.
std::string_view kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return "this is a directory, not a file";
    case S_IFIFO:
      return "this is a pipe, not a file";
    case S_IFSOCK:
      return "this is a socket, not a file";
    default:
      return "this is a device, not a file";
  }
}

}  // namespace

tl::expected<std::string, std::string> read_text(const std::string& path) {
  const file::Descriptor descriptor(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (!descriptor.is_open() || fstat(descriptor.get(), &status) != 0) {
    return system_problem(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return problem(path, kind_of(status.st_mode));
  }
  auto text = file::read_all(descriptor.get(), max_size);
  if (!text && text.error() == EFBIG) {
    return problem(path, fmt::format("the file holds more than {} bytes, the most that a value can",
                                     max_size));
  }
  if (!text) {
    return system_problem(path, text.error());
  }
  if (const auto offset = text::find_invalid_utf8(*text)) {
    return problem(path, fmt::format("the file is not UTF-8 text: see byte {}", *offset));
  }
  return std::move(*text);
}

tl::expected<bool, std::string> is_file(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return false;
    }
    return system_problem(path, errno);
  }
  if (!S_ISREG(status.st_mode)) {
    return problem(path, kind_of(status.st_mode));
  }
  return true;
}

}  // namespace hcl::functions
