#include "process/pid_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <utility>

#include "process/proc.h"

namespace process {
namespace {

namespace fs = std::filesystem;

/// As many characters of a program's name as /proc shows.
constexpr std::size_t shown_name = 15;

/// What a pid file says: "PID START NAMESPACE PROGRAM" and LF. The start is the process's, in clock
/// ticks.
struct Record {
  pid_t pid = 0;
  unsigned long long start = 0;
  unsigned long pid_namespace = 0;
  std::string program;
};

/// Nothing where the file holds anything but one whole record.
std::optional<Record> read_record(int file) {
  std::array<char, 128> buffer = {};
  Record record;
  std::array<char, shown_name + 1> program = {};
  char end = 0;
  if (pread(file, buffer.data(), buffer.size() - 1, 0) <= 0 ||
      std::sscanf(buffer.data(), "%d %llu %lu %15[^\n]%c", &record.pid, &record.start,
                  &record.pid_namespace, program.data(), &end) != 5 ||
      end != '\n') {
    return std::nullopt;
  }
  record.program = program.data();
  return record;
}

ino_t own_pid_namespace() {
  struct stat status {};
  return stat("/proc/self/ns/pid", &status) == 0 ? status.st_ino : 0;
}

std::string command_line_of(const ProcessStat& process) {
  std::ifstream file("/proc/" + std::to_string(process.pid) + "/cmdline", std::ios::binary);
  std::string line;
  std::getline(file, line);
  std::ranges::replace(line, '\0', ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  return line.empty() ? process.name : line;
}

Orphan orphan_of(const ProcessStat& process) {
  timespec time = {};
  clock_gettime(CLOCK_BOOTTIME, &time);
  const auto ticks = static_cast<unsigned long long>(sysconf(_SC_CLK_TCK));
  const auto start = static_cast<time_t>(process.started / ticks);
  return {.pid = process.pid,
          .command = command_line_of(process),
          .age = std::chrono::seconds(std::max<time_t>(time.tv_sec - start, 0))};
}

/// A directory of this user that nobody else may write to; it is made where `may_make`.
file::Descriptor open_private(const fs::path& path, bool may_make) {
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  file::Descriptor directory(open(path.c_str(), flags));
  if (!directory.is_open() && errno == ENOENT && may_make && mkdir(path.c_str(), 0700) == 0) {
    directory = file::Descriptor(open(path.c_str(), flags));
  }
  struct stat status {};
  if (!directory.is_open() || fstat(directory.get(), &status) != 0 || status.st_uid != geteuid() ||
      (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    directory.close();
  }
  return directory;
}

std::vector<fs::path> usual_places(const Environment& environment) {
  const std::string user = std::to_string(geteuid());
  std::vector<fs::path> places;
  if (geteuid() == 0) {
    places.emplace_back("/run/fluke");
  } else {
    if (const fs::path runtime = environment.get("XDG_RUNTIME_DIR").value_or("");
        runtime.is_absolute()) {
      places.push_back(runtime / "fluke");
    }
    places.push_back(fs::path("/run/user") / user / "fluke");
  }
  places.emplace_back("/tmp/fluke-" + user);
  return places;
}

}  // namespace

PidFiles::PidFiles(const Environment& environment) : PidFiles(usual_places(environment)) {}

PidFiles::PidFiles(const std::vector<fs::path>& candidates) : pid_namespace_(own_pid_namespace()) {
  for (const fs::path& candidate : candidates) {
    if (file::Descriptor place = open_private(candidate, places_.empty()); place.is_open()) {
      directory_ = places_.empty() ? candidate : directory_;
      places_.push_back(std::move(place));
    }
  }
}

std::optional<std::vector<PidFile>> PidFiles::lock(const struct stat& directory) const {
  std::array<char, 64> name = {};
  std::snprintf(name.data(), name.size(), "%llx-%llx",
                static_cast<unsigned long long>(directory.st_dev),
                static_cast<unsigned long long>(directory.st_ino));
  std::vector<PidFile> files;
  for (const file::Descriptor& place : places_) {
    std::optional<PidFile> file = lock(place.get(), name.data());
    if (!file) {
      return std::nullopt;
    }
    files.push_back(std::move(*file));
  }
  return files;
}

std::optional<PidFile> PidFiles::lock(int place, const std::string& name) const {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
  PidFile file;
  file::Descriptor descriptor(openat(place, name.c_str(), flags, 0600));
  if (descriptor.is_open() && flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0 &&
      errno == EWOULDBLOCK) {
    return std::nullopt;
  }
  struct stat status {};
  if (descriptor.is_open() && fstat(descriptor.get(), &status) == 0 && S_ISREG(status.st_mode)) {
    file.file_ = std::move(descriptor);
    file.pid_namespace_ = pid_namespace_;
    file.read();
  }
  return file;
}

void PidFile::read() {
  const std::optional<Record> record = read_record(file_.get());
  // What became of the processes of another namespace cannot be seen from here.
  if (record && record->pid_namespace == pid_namespace_) {
    is_needed_ = true;
    pid_ = record->pid;
    start_ = record->start;
    program_ = record->program;
  }
}

std::optional<Orphan> PidFile::find_orphan(const fs::path& directory) {
  if (!is_needed_) {
    return std::nullopt;
  }
  const std::optional<pid_t> pid = pid_ > 0 ? pid_ : find_process_in(directory, program_);
  const std::optional<ProcessStat> process = pid ? read_stat(*pid) : std::nullopt;
  if (process && process->is_alive() && (pid_ == 0 || process->started == start_)) {
    return orphan_of(*process);
  }
  ended();
  return std::nullopt;
}

void PidFile::starting(const fs::path& program) {
  is_needed_ = true;
  pid_ = 0;
  start_ = 0;
  program_ = program.filename().native().substr(0, shown_name);
  write();
}

void PidFile::started(pid_t pid) {
  if (const std::optional<ProcessStat> process = file_.is_open() ? read_stat(pid) : std::nullopt) {
    pid_ = pid;
    start_ = process->started;
    write();
  }
}

void PidFile::ended() {
  is_needed_ = false;
  if (file_.is_open()) {
    [[maybe_unused]] const int failed = ftruncate(file_.get(), 0);
  }
}

/// Where it fails, the run goes on as it does where there is no place for pid files.
void PidFile::write() const {
  if (!file_.is_open()) {
    return;
  }
  const std::string record = std::to_string(pid_) + ' ' + std::to_string(start_) + ' ' +
                             std::to_string(pid_namespace_) + ' ' + program_ + '\n';
  [[maybe_unused]] const ssize_t written = pwrite(file_.get(), record.data(), record.size(), 0);
}

}  // namespace process
