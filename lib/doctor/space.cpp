#include "doctor/space.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <set>
#include <system_error>

#include "doctor/nearest.h"
#include "text/quote.h"

namespace doctor {
namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1024} * 1024;

/// With less than this a run is likely to fail soon.
constexpr std::uint64_t scarce = 100 * mebibyte;

/// With less than this not even a commit fits.
constexpr std::uint64_t least = mebibyte;

std::string human(std::uint64_t bytes) {
  constexpr std::uint64_t gibibyte = 1024 * mebibyte;
  return bytes >= gibibyte ? fmt::format("{:.1f} GiB", static_cast<double>(bytes) / gibibyte)
                           : fmt::format("{:.1f} MiB", static_cast<double>(bytes) / mebibyte);
}

}  // namespace

Finding judge_space(const struct statvfs& room, const std::filesystem::path& directory) {
  const std::uint64_t free = std::uint64_t{room.f_bavail} * room.f_frsize;
  const std::string place = text::quoted(directory.native());
  if ((room.f_flag & ST_RDONLY) != 0) {
    return {.verdict = Verdict::warn,
            .subject = "space",
            .message = fmt::format(
                "the file system of {} is read-only; what an apply writes there fails", place)};
  }
  if (room.f_files > 0 && room.f_favail == 0) {
    return {.verdict = Verdict::fail,
            .subject = "space",
            .message = fmt::format(
                "no file can be created at {}: it has no inodes left; remove some files", place)};
  }
  if (free < scarce) {
    return {.verdict = free < least ? Verdict::fail : Verdict::warn,
            .subject = "space",
            .message = fmt::format("only {} are free at {}; make room", human(free), place)};
  }
  return {.subject = "space", .message = fmt::format("{} are free at {}", human(free), place)};
}

Findings examine_space(const std::vector<std::filesystem::path>& directories) {
  Findings findings;
  std::set<dev_t> seen;
  for (const std::filesystem::path& directory : directories) {
    const std::filesystem::path nearest = nearest_existing(directory);
    struct stat status {};
    struct statvfs room {};
    if (::stat(nearest.c_str(), &status) != 0 || !seen.insert(status.st_dev).second) {
      continue;
    }
    if (::statvfs(nearest.c_str(), &room) == 0) {
      findings.push_back(judge_space(room, nearest));
    } else {
      findings.push_back({.verdict = Verdict::warn,
                          .subject = "space",
                          .message = fmt::format("cannot determine the free space at {}: {}",
                                                 text::quoted(nearest.native()),
                                                 std::generic_category().message(errno))});
    }
  }
  return findings;
}

}  // namespace doctor
