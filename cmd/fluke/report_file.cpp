#include "fluke/report_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "file/place.h"
#include "file/replace.h"
#include "file/write.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::expected<void, file::Error> write_directly(const file::Place& place, std::string_view text) {
  // A FIFO that nobody reads is an error: waiting for a reader might take for ever.
  const file::Descriptor target = place.open(O_WRONLY | O_APPEND | O_NONBLOCK);
  if (!target.is_open()) {
    return tl::unexpected(file::Error{.operation = "open", .code = errno});
  }
  return file::write_all(target.get(), text).map_error([](int error) {
    return file::Error{.operation = "write", .code = error};
  });
}

tl::expected<void, file::Error> write(const file::Place& place, std::string_view text) {
  file::Former former;
  if (::fstatat(place.directory.get(), place.name.c_str(), &former.status, AT_SYMLINK_NOFOLLOW) !=
      0) {
    return errno == ENOENT ? file::replace(place, text, std::nullopt)
                           : tl::unexpected(file::Error{.operation = "stat", .code = errno});
  }
  return S_ISREG(former.status.st_mode) ? file::replace(place, text, former)
                                        : write_directly(place, text);
}

}  // namespace

tl::expected<void, std::string> write_report(const std::filesystem::path& path,
                                             std::string_view text) {
  return file::find_place(path, file::Links::trusted)
      .and_then([&](const file::Place& place) { return write(place, text); })
      .map_error([&](const file::Error& error) {
        return fmt::format("cannot write the report {}: {}", text::quoted(path.string()),
                           file::describe(error));
      });
}

}  // namespace fluke
