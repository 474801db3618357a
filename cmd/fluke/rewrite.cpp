#include "fluke/rewrite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
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

tl::unexpected<std::string> failure(const std::filesystem::path& file, std::string_view reason) {
  return tl::unexpected(fmt::format("cannot rewrite {}: {}", text::quoted(file.string()), reason));
}

/// Writes a new file with the mode and owner of another; the operation that failed, or null.
const char* fill(const std::filesystem::path& file, std::string_view text,
                 const struct stat& model) {
  const process::Descriptor target(
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!target.is_open()) {
    return "open";
  }
  if (!write_all(target.get(), text)) {
    return "write";
  }
  struct stat made {};
  if (::fstat(target.get(), &made) != 0) {
    return "fstat";
  }
  // A change of owner clears bits of the mode, so it comes first.
  if ((made.st_uid != model.st_uid || made.st_gid != model.st_gid) &&
      ::fchown(target.get(), model.st_uid, model.st_gid) != 0) {
    return "keep the owner";
  }
  if (::fchmod(target.get(), model.st_mode & 07777U) != 0) {
    return "keep the mode";
  }
  return ::fsync(target.get()) == 0 ? nullptr : "fsync";
}

}  // namespace

tl::expected<void, std::string> rewrite(const std::filesystem::path& file, std::string_view text) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(file, error);
  struct stat model {};
  if (error || ::stat(target.c_str(), &model) != 0) {
    return failure(file, std::strerror(error ? error.value() : errno));
  }
  if (!S_ISREG(model.st_mode)) {
    return failure(file, "it is not a regular file; use - to format standard input");
  }
  if (::faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0) {
    return failure(file, std::strerror(errno));
  }
  std::filesystem::path beside = target;
  beside.replace_filename(
      fmt::format(".{}.{}.tmp", target.filename().string(), static_cast<long>(::getpid())));
  const char* operation = fill(beside, text, model);
  if (operation == nullptr && std::rename(beside.c_str(), target.c_str()) != 0) {
    operation = "rename";
  }
  if (operation != nullptr) {
    const int reason = errno;
    if (reason != EEXIST) {
      ::unlink(beside.c_str());
    }
    return failure(file, fmt::format("{}: {}", operation, std::strerror(reason)));
  }
  return {};
}

}  // namespace fluke
