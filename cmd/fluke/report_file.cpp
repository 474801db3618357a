#include "fluke/report_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include "fluke/write_all.h"
#include "process/descriptor.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::unexpected<std::string> failure(const std::filesystem::path& file, std::string_view operation,
                                    int error) {
  return tl::unexpected(fmt::format("cannot write the report {}: {}: {}",
                                    text::quoted(file.string()), operation, std::strerror(error)));
}

tl::expected<void, std::string> write_directly(const std::filesystem::path& file,
                                               std::string_view text) {
  const process::Descriptor target(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!target.is_open()) {
    return failure(file, "open", errno);
  }
  if (!write_all(target.get(), text)) {
    return failure(file, "write", errno);
  }
  return {};
}

/// Writes, syncs and closes; the operation that failed, or null.
const char* fill(const std::filesystem::path& file, std::string_view text) {
  const process::Descriptor target(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!target.is_open()) {
    return "open";
  }
  if (!write_all(target.get(), text)) {
    return "write";
  }
  return ::fsync(target.get()) == 0 ? nullptr : "fsync";
}

}  // namespace

tl::expected<void, std::string> write_report(const std::filesystem::path& file,
                                             std::string_view text) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return write_directly(file, text);
  }
  std::filesystem::path target =
      std::filesystem::exists(status) ? std::filesystem::canonical(file, error) : file;
  std::filesystem::path beside = target;
  beside.replace_filename(
      fmt::format(".{}.{}.tmp", target.filename().string(), static_cast<long>(::getpid())));
  if (const char* operation = fill(beside, text)) {
    const int reason = errno;
    if (reason != EEXIST) {
      ::unlink(beside.c_str());
    }
    return failure(file, operation, reason);
  }
  if (std::rename(beside.c_str(), target.c_str()) != 0) {
    const int reason = errno;
    ::unlink(beside.c_str());
    return failure(file, "rename", reason);
  }
  return {};
}

}  // namespace fluke
