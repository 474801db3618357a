#include "fluke/create_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "file/contents.h"
#include "file/descriptor.h"
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

tl::expected<void, std::string> create_file(const std::filesystem::path& path,
                                            std::string_view text) {
  std::error_code error;
  if (path.has_parent_path() && !std::filesystem::exists(path.parent_path(), error)) {
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) {
      return failure(path, error.value());
    }
  }
  const file::Descriptor target(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!target.is_open()) {
    return failure(path, errno);
  }
  if (const auto written = file::write_all(target.get(), text); !written) {
    ::unlink(path.c_str());
    return failure(path, written.error());
  }
  return {};
}

}  // namespace fluke
