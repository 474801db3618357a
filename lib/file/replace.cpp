#include "file/replace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <random>

#include "file/write.h"

namespace file {
namespace {

/// Gives `file` the owner and mode of another; the operation that failed, or null.
const char* take_over(const Descriptor& file, const Former& former) {
  struct stat made {};
  if (::fstat(file.get(), &made) != 0) {
    return "fstat";
  }
  const bool differs = made.st_uid != former.status.st_uid || made.st_gid != former.status.st_gid;
  // A change of owner clears bits of the mode, so it comes first.
  if (differs && ::fchown(file.get(), former.status.st_uid, former.status.st_gid) != 0 &&
      former.owner_is_needed) {
    return "keep the owner";
  }
  return ::fchmod(file.get(), former.status.st_mode & 0777U) == 0 ? nullptr : "keep the mode";
}

/// The operation that failed, or null.
const char* fill(const Descriptor& file, std::string_view text,
                 const std::optional<Former>& former) {
  if (const auto written = write_all(file.get(), text); !written) {
    errno = written.error();
    return "write";
  }
  if (const char* failed = former ? take_over(file, *former) : nullptr) {
    return failed;
  }
  return ::fsync(file.get()) == 0 ? nullptr : "fsync";
}

/// The operation that failed, or null.
const char* find_unchanged(const Place& place, const struct stat& former) {
  struct stat now {};
  if (::fstatat(place.directory.get(), place.name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0) {
    errno = errno == ENOENT ? ESTALE : errno;
    return "stat";
  }
  const bool is_unchanged =
      now.st_dev == former.st_dev && now.st_ino == former.st_ino && now.st_size == former.st_size &&
      now.st_mtim.tv_sec == former.st_mtim.tv_sec && now.st_mtim.tv_nsec == former.st_mtim.tv_nsec;
  errno = ESTALE;
  return is_unchanged ? nullptr : "stat";
}

/// The operation that failed, or null.
const char* move_into_place(const Place& place, const std::string& beside,
                            const std::optional<Former>& former) {
  if (former && former->is_needed) {
    if (const char* failed = find_unchanged(place, former->status)) {
      return failed;
    }
  }
  const int directory = place.directory.get();
  return ::renameat(directory, beside.c_str(), directory, place.name.c_str()) == 0 ? nullptr
                                                                                   : "rename";
}

}  // namespace

tl::expected<void, Error> replace(const Place& place, std::string_view text,
                                  const std::optional<Former>& former) {
  // By chance and not by process id: those come again, in a container often the same one at once,
  // and a file that a killed run left behind would stand in the way.
  const std::string beside = fmt::format(".fluke-{:08x}.tmp", std::random_device{}());
  const Descriptor file(::openat(place.directory.get(), beside.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                 former ? mode_t{0600} : mode_t{0666}));
  if (!file.is_open()) {
    return tl::unexpected(Error{.operation = "open", .code = errno});
  }
  const char* failed = fill(file, text, former);
  if (failed == nullptr) {
    failed = move_into_place(place, beside, former);
  }
  if (failed != nullptr) {
    const Error error{.operation = failed, .code = errno};
    ::unlinkat(place.directory.get(), beside.c_str(), 0);
    return tl::unexpected(error);
  }
  return {};
}

}  // namespace file
