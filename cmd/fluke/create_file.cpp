#include "fluke/create_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "fluke/write_all.h"
#include "process/descriptor.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::unexpected<std::string> failure(const std::filesystem::path& file, int error) {
  const std::string shown = text::quoted(file.string());
  return tl::unexpected(error == EEXIST
                            ? fmt::format("{} exists already and is left as it is", shown)
                            : fmt::format("cannot create {}: {}", shown, std::strerror(error)));
}

}  // namespace

tl::expected<void, std::string> create_file(const std::filesystem::path& file,
                                            std::string_view text) {
  std::error_code error;
  if (file.has_parent_path() && !std::filesystem::exists(file.parent_path(), error)) {
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
      return failure(file, error.value());
    }
  }
  const process::Descriptor target(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!target.is_open()) {
    return failure(file, errno);
  }
  if (!write_all(target.get(), text)) {
    const int reason = errno;
    ::unlink(file.c_str());
    return failure(file, reason);
  }
  return {};
}

}  // namespace fluke
