#include "git/stale_lock.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "file/resolve.h"
#include "git/git_directory.h"
#include "process/proc.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".lock";

/// The words around the name: of a lock file, and of a configuration file whose lock it is.
struct Complaint {
  std::string_view before;
  std::string_view behind;
  std::string_view appended;
};
constexpr Complaint complaints[] = {
    {.before = "Unable to create '", .behind = "': File exists", .appended = ""},
    {.before = "could not lock config file ", .behind = ": File exists", .appended = suffix}};

/// What the remote says comes with a prefix, and is not to be acted upon.
bool is_from_remote(std::string_view messages, std::size_t at) {
  const std::size_t line_end = messages.rfind('\n', at);
  const std::size_t line = line_end == std::string_view::npos ? 0 : line_end + 1;
  return messages.substr(line).starts_with("remote:");
}

std::optional<fs::path> name_in(std::string_view messages, const Complaint& complaint) {
  const std::size_t begin = messages.find(complaint.before);
  if (begin == std::string_view::npos || is_from_remote(messages, begin)) {
    return std::nullopt;
  }
  const std::string_view rest = messages.substr(begin + complaint.before.size());
  const std::size_t end = rest.find(complaint.behind);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  return fs::path(std::string(rest.substr(0, end)) + std::string(complaint.appended));
}

/// With tables for refs, git names no file.
std::optional<fs::path> find_locked_tables(std::string_view messages,
                                           const GitDirectory& directory) {
  const std::size_t at = messages.find("data is locked");
  if (at == std::string_view::npos || is_from_remote(messages, at)) {
    return std::nullopt;
  }
  for (const fs::path& place : {directory.own, directory.common}) {
    std::error_code ignored;
    if (const fs::path lock = place / "reftable/tables.list.lock"; fs::exists(lock, ignored)) {
      return lock;
    }
  }
  return std::nullopt;
}

bool is_before(const timespec& a, const timespec& b) {
  return std::pair(a.tv_sec, a.tv_nsec) < std::pair(b.tv_sec, b.tv_nsec);
}

Error held(const fs::path& lock, std::string_view why, const std::string& what_to_do) {
  return {.cause = Cause::refused,
          .message = fmt::format("{} is in the way: {}; {}", text::quoted(lock.native()), why,
                                 what_to_do)};
}

}  // namespace

std::optional<fs::path> find_lock_in_the_way(const fs::path& checkout, std::string_view messages) {
  const GitDirectory directory = find_git_directory(checkout);
  for (const Complaint& complaint : complaints) {
    const std::optional<fs::path> name = name_in(messages, complaint);
    if (!name) {
      continue;
    }
    const fs::path lock = (checkout / *name).lexically_normal();
    if (lock.native().ends_with(suffix) &&
        (file::is_below(lock, directory.own) || file::is_below(lock, directory.common))) {
      return lock;
    }
  }
  return find_locked_tables(messages, directory);
}

std::set<fs::path> find_locks(const fs::path& checkout) {
  const GitDirectory directory = find_git_directory(checkout);
  std::set<fs::path> locks;
  const auto add_from = [&locks](auto entries) {
    std::error_code error;
    for (; !error && entries != decltype(entries)(); entries.increment(error)) {
      if (entries->path().extension() == suffix) {
        locks.insert(entries->path());
      }
    }
  };
  std::error_code ignored;
  for (const fs::path& place : {directory.own, directory.common, directory.common / "objects",
                                directory.common / "reftable"}) {
    add_from(fs::directory_iterator(place, ignored));
  }
  add_from(fs::recursive_directory_iterator(directory.common / "refs", ignored));
  return locks;
}

bool is_shared_between_hosts(unsigned long type) {
  // NFS, SMB in three versions, AFS in two, Coda, Ceph, GFS2, OCFS2, 9p, FUSE (sshfs and many
  // others), Lustre, GPFS, BeeGFS and the shared folders of virtual machines: statfs(2).
  constexpr unsigned long types[] = {0x6969,     0x517b,     0xff534d42, 0xfe534d42, 0x5346414f,
                                     0x6b414653, 0x73757245, 0x00c36400, 0x01161970, 0x7461636f,
                                     0x01021997, 0x65735546, 0x0bd00bd0, 0x47504653, 0x19830326,
                                     0x786f4256, 0xbacbacbc};
  return std::ranges::find(types, type & 0xffffffffUL) != std::end(types);
}

tl::expected<std::string, Error> clear_stale_lock(const fs::path& lock, const fs::path& checkout,
                                                  const LockOrigin& origin) {
  struct stat status {};
  if (lstat(lock.c_str(), &status) != 0) {
    // It went by itself.
    return std::string();
  }
  const std::string by_hand =
      fmt::format("if no git is at work there, remove it with: rm {}", shell_word(lock.native()));
  if (!S_ISREG(status.st_mode) || (status.st_uid != geteuid() && geteuid() != 0)) {
    return tl::unexpected(
        held(lock, fmt::format("it belongs to another user (uid {})", status.st_uid), by_hand));
  }
  std::optional<pid_t> user = process::find_process_with_open(lock);
  user = user ? user : process::find_process_in(checkout, "git");
  user = user ? user : process::find_process_in(find_git_directory(checkout).own, "git");
  if (user) {
    return tl::unexpected(held(lock, fmt::format("git is at work there, as process {}", *user),
                               "run fluke again when it has ended"));
  }
  // The stamp of a lock that this run has met at its start is not later than that.
  if (is_before(origin.start, status.st_mtim)) {
    return tl::unexpected(held(lock, "it appeared during this run", by_hand));
  }
  if (struct statfs system{}; statfs(lock.c_str(), &system) != 0 ||
                              is_shared_between_hosts(static_cast<unsigned long>(system.f_type))) {
    return tl::unexpected(held(lock, "another host may have made it", by_hand));
  }
  constexpr time_t minimum_age = 300;
  if (!origin.was_cut_off && origin.start.tv_sec - status.st_mtim.tv_sec < minimum_age) {
    return tl::unexpected(held(lock, "it is younger than five minutes", by_hand));
  }
  if (!origin.was_cut_off && !process::sees_all_processes()) {
    return tl::unexpected(held(lock, "fluke does not see who made it, as in a container", by_hand));
  }
  if (unlink(lock.c_str()) != 0 && errno != ENOENT) {
    return tl::unexpected(held(lock, std::generic_category().message(errno), by_hand));
  }
  return fmt::format("removed {}, which a git that was ended had left",
                     text::quoted(lock.native()));
}

}  // namespace git
