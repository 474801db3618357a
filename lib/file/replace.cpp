#include "file/replace.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <string>
#include <utility>

#include "file/contents.h"

namespace file {
namespace {

/// Gives `file` the owner and mode of another.
tl::expected<void, Error> take_over(const Descriptor& file, const Former& former) {
  struct stat made {};
  if (::fstat(file.get(), &made) != 0) {
    return failure("fstat");
  }
  const bool differs = made.st_uid != former.status.st_uid || made.st_gid != former.status.st_gid;
  // A change of owner clears bits of the mode, so it comes first.
  if (differs && ::fchown(file.get(), former.status.st_uid, former.status.st_gid) != 0 &&
      former.owner_is_needed) {
    return failure("keep the owner");
  }
  if (::fchmod(file.get(), former.status.st_mode & 0777U) != 0) {
    return failure("keep the mode");
  }
  return {};
}

tl::expected<void, Error> fill(const Descriptor& file, std::string_view text,
                               const std::optional<Former>& former) {
  if (const auto written = write_all(file.get(), text); !written) {
    return failure("write", written.error());
  }
  if (auto taken = former ? take_over(file, *former) : tl::expected<void, Error>(); !taken) {
    return taken;
  }
  if (::fsync(file.get()) != 0) {
    return failure("fsync");
  }
  return {};
}

/// ESTALE where the file at `path` is another than `former`, or was changed.
tl::expected<void, Error> check_unchanged(const ResolvedPath& path, const struct stat& former) {
  struct stat now {};
  if (::fstatat(path.directory.get(), path.name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0) {
    return failure("stat", errno == ENOENT ? ESTALE : errno);
  }
  const bool is_unchanged =
      now.st_dev == former.st_dev && now.st_ino == former.st_ino && now.st_size == former.st_size &&
      now.st_mtim.tv_sec == former.st_mtim.tv_sec && now.st_mtim.tv_nsec == former.st_mtim.tv_nsec;
  if (!is_unchanged) {
    return failure("stat", ESTALE);
  }
  return {};
}

tl::expected<void, Error> move_into_place(const ResolvedPath& path, const std::string& beside,
                                          const std::optional<Former>& former) {
  if (former && former->is_needed) {
    if (auto checked = check_unchanged(path, former->status); !checked) {
      return checked;
    }
  }
  const int directory = path.directory.get();
  if (::renameat(directory, beside.c_str(), directory, path.name.c_str()) != 0) {
    return failure("rename");
  }
  return {};
}

}  // namespace

tl::expected<void, Error> replace(const ResolvedPath& path, std::string_view text,
                                  const std::optional<Former>& former) {
  // By chance and not by process id: those come again, in a container often the same one at once,
  // and a file that a killed run left behind would stand in the way.
  const std::string beside = fmt::format(".fluke-{:08x}.tmp", std::random_device{}());
  const Descriptor file(::openat(path.directory.get(), beside.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                 former ? mode_t{0600} : mode_t{0666}));
  if (!file.is_open()) {
    return failure("open");
  }
  auto replaced =
      fill(file, text, former).and_then([&] { return move_into_place(path, beside, former); });
  if (!replaced) {
    ::unlinkat(path.directory.get(), beside.c_str(), 0);
  }
  return replaced;
}

RewritableFile::RewritableFile(ResolvedPath path, Descriptor file, const struct stat& status)
    : path_(std::move(path)), file_(std::move(file)), status_(status) {}

tl::expected<RewritableFile, Error> RewritableFile::open(ResolvedPath path) {
  Descriptor file = path.open(O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    return tl::unexpected(Error{.operation = "open", .code = errno});
  }
  if (!S_ISREG(status.st_mode)) {
    return tl::unexpected(Error{.operation = "open", .code = EINVAL});
  }
  return RewritableFile(std::move(path), std::move(file), status);
}

tl::expected<void, Error> RewritableFile::replace(std::string_view text) const {
  if (::faccessat(path_.directory.get(), path_.name.c_str(), W_OK, AT_EACCESS) != 0) {
    return tl::unexpected(Error{.operation = "write", .code = errno});
  }
  return file::replace(path_, text,
                       Former{.status = status_, .owner_is_needed = true, .is_needed = true});
}

}  // namespace file
