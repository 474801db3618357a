#include "fluke/report_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

#include "fluke/replace_file.h"
#include "fluke/write_all.h"
#include "process/descriptor.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::unexpected<std::string> failure(const std::filesystem::path& file, const FileError& error) {
  return tl::unexpected(fmt::format("cannot write the report {}: {}: {}",
                                    text::quoted(file.string()), error.operation,
                                    std::strerror(error.error)));
}

tl::expected<void, FileError> write_directly(const std::filesystem::path& file,
                                             std::string_view text) {
  // A FIFO that nobody reads is an error: waiting for a reader might take for ever.
  const process::Descriptor target(::open(file.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (!target.is_open()) {
    return tl::unexpected(FileError{.operation = "open", .error = errno});
  }
  if (!write_all(target.get(), text)) {
    return tl::unexpected(FileError{.operation = "write", .error = errno});
  }
  return {};
}

tl::expected<void, FileError> write(const std::filesystem::path& file, std::string_view text) {
  struct stat former {};
  if (::stat(file.c_str(), &former) != 0) {
    // A link to what is not there is not followed: it becomes the report.
    return errno == ENOENT ? replace_file(file, text, std::nullopt)
                           : tl::unexpected(FileError{.operation = "stat", .error = errno});
  }
  if (!S_ISREG(former.st_mode)) {
    return write_directly(file, text);
  }
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(file, error);
  if (error) {
    return tl::unexpected(FileError{.operation = "resolve", .error = error.value()});
  }
  return replace_file(target, text, Inheritance::of(former));
}

}  // namespace

tl::expected<void, std::string> write_report(const std::filesystem::path& file,
                                             std::string_view text) {
  if (const auto written = write(file, text); !written) {
    return failure(file, written.error());
  }
  return {};
}

}  // namespace fluke
