#include "fluke/replace_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <random>

#include "fluke/write_all.h"
#include "process/descriptor.h"

namespace fluke {
namespace {

/// Gives `file` the owner and mode of another; the operation that failed, or null.
const char* take_over(const process::Descriptor& file, const Inheritance& inheritance) {
  struct stat made {};
  if (::fstat(file.get(), &made) != 0) {
    return "fstat";
  }
  const bool differs = made.st_uid != inheritance.owner || made.st_gid != inheritance.group;
  // A change of owner clears bits of the mode, so it comes first.
  if (differs && ::fchown(file.get(), inheritance.owner, inheritance.group) != 0 &&
      inheritance.owner_is_needed) {
    return "keep the owner";
  }
  return ::fchmod(file.get(), inheritance.mode) == 0 ? nullptr : "keep the mode";
}

/// The operation that failed, or null.
const char* fill(const process::Descriptor& file, std::string_view text,
                 const std::optional<Inheritance>& inheritance) {
  if (!write_all(file.get(), text)) {
    return "write";
  }
  if (const char* failed = inheritance ? take_over(file, *inheritance) : nullptr) {
    return failed;
  }
  return ::fsync(file.get()) == 0 ? nullptr : "fsync";
}

}  // namespace

tl::expected<void, FileError> replace_file(const std::filesystem::path& target,
                                           std::string_view text,
                                           const std::optional<Inheritance>& inheritance) {
  // By chance and not by process id: those come again, in a container often the same one at once,
  // and a file that a killed run left behind would stand in the way.
  std::filesystem::path beside = target;
  beside.replace_filename(fmt::format(".fluke-{:08x}.tmp", std::random_device{}()));
  const process::Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                        inheritance ? mode_t{0600} : mode_t{0666}));
  if (!file.is_open()) {
    return tl::unexpected(FileError{.operation = "open", .error = errno});
  }
  const char* failed = fill(file, text, inheritance);
  if (failed == nullptr && std::rename(beside.c_str(), target.c_str()) != 0) {
    failed = "rename";
  }
  if (failed != nullptr) {
    const FileError error{.operation = failed, .error = errno};
    ::unlink(beside.c_str());
    return tl::unexpected(error);
  }
  return {};
}

}  // namespace fluke
