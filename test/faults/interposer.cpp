// Preloaded into fluke (LD_PRELOAD), makes one call of the C library fail as the kernel could make
// it fail. Steered by the environment, and inert in every other program:
//
//   FLUKE_FAULT=write:3:28    the third call of write fails with errno 28 (ENOSPC)
//   FLUKE_FAULT=write:3+:28   and every later one
//   FLUKE_FAULT=read:2:short  the second call of read gets one byte, whatever it asked for
//   FLUKE_CLOCK_STEP=SECONDS  the host's time of day steps by so much before each look at it
//   FLUKE_RACE=12:COMMAND     before the twelfth call, whichever it is, a shell runs COMMAND
//   FLUKE_FAULT_LOG=FILE      each call appends a line: its name and what it is about
//
// Calls on the standard streams have names of their own: write-stdout, write-stderr.
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <string>
#include <string_view>

extern char** environ;

namespace {

constexpr int one_byte = -1;

struct Fault {
  std::string name;
  int index = 0;
  bool goes_on = false;
  /// An errno, or one_byte.
  int error = 0;
  int calls = 0;
};

struct State {
  bool active = false;
  Fault fault;
  int calls = 0;
  int race_at = 0;
  std::string race;
  int log = -1;
  long clock_step = 0;
  long clock_offset = 0;
};

State& state() {
  static State only;
  return only;
}

/// The descriptor of the log is high, so that those of fluke are what they would be without it.
int open_log(const char* path) {
  constexpr int high = 500;
  const long opened =
      syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const long moved = syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, high);
  syscall(SYS_close, opened);
  return static_cast<int>(moved);
}

__attribute__((constructor)) void begin() {
  if (strcmp(program_invocation_short_name, "fluke") != 0) {
    return;
  }
  if (const char* log = getenv("FLUKE_FAULT_LOG")) {
    state().log = open_log(log);
  }
  if (const char* spec = getenv("FLUKE_FAULT")) {
    const std::string text = spec;
    const std::size_t first = text.find(':');
    const std::size_t second = text.find(':', first + 1);
    Fault& fault = state().fault;
    fault.name = text.substr(0, first);
    fault.index = atoi(text.c_str() + first + 1);
    fault.goes_on = text[second - 1] == '+';
    fault.error = text.substr(second + 1) == "short" ? one_byte : atoi(text.c_str() + second + 1);
  }
  if (const char* race = getenv("FLUKE_RACE")) {
    state().race_at = atoi(race);
    state().race = strchr(race, ':') + 1;
  }
  if (const char* step = getenv("FLUKE_CLOCK_STEP")) {
    state().clock_step = atol(step);
  }
  for (const char* name :
       {"LD_PRELOAD", "FLUKE_FAULT", "FLUKE_FAULT_LOG", "FLUKE_CLOCK_STEP", "FLUKE_RACE"}) {
    unsetenv(name);
  }
  state().active = true;
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

void race() {
  State& now = state();
  if (++now.calls == now.race_at) {
    now.active = false;
    static_cast<void>(next<decltype(&system)>("system")(now.race.c_str()));
    now.active = true;
  }
}

/// What this call of `name` is to fail with; 0 if it is not.
int due(const char* name, const char* subject = "") {
  State& now = state();
  if (!now.active) {
    return 0;
  }
  race();
  if (now.log >= 0) {
    const std::string line = std::string(name) + ' ' + (subject != nullptr ? subject : "") + '\n';
    syscall(SYS_write, now.log, line.data(), line.size());
  }
  if (now.fault.name != name) {
    return 0;
  }
  ++now.fault.calls;
  const bool hit =
      now.fault.goes_on ? now.fault.calls >= now.fault.index : now.fault.calls == now.fault.index;
  return hit ? now.fault.error : 0;
}

/// The file that is open as `fd`.
std::string path_of(int fd) {
  char path[PATH_MAX];
  const ssize_t size =
      readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof(path));
  return {path, static_cast<std::size_t>(size < 0 ? 0 : size)};
}

std::string spelled(const char* program, char* const* arguments) {
  std::string line = program;
  for (; *arguments != nullptr; ++arguments) {
    line += std::string(" [") + *arguments + ']';
  }
  return line;
}

}  // namespace

#define FAIL_IF_DUE(failed, ...)            \
  if (const int error = due(__VA_ARGS__)) { \
    errno = error;                          \
    return failed;                          \
  }

#define REAL(name) next<decltype(&name)>(#name)

extern "C" {

int open(const char* path, int flags, ...) {
  FAIL_IF_DUE(-1, (flags & O_ACCMODE) == O_RDONLY ? "open" : "open-to-write", path)
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return REAL(open)(path, flags, mode);
}

int openat(int at, const char* path, int flags, ...) {
  FAIL_IF_DUE(-1, (flags & O_ACCMODE) == O_RDONLY ? "open" : "open-to-write", path)
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return REAL(openat)(at, path, flags, mode);
}

FILE* fopen(const char* path, const char* mode) {
  FAIL_IF_DUE(nullptr, "fopen", path)
  return REAL(fopen)(path, mode);
}

FILE* fopen64(const char* path, const char* mode) {
  FAIL_IF_DUE(nullptr, "fopen", path)
  return REAL(fopen64)(path, mode);
}

DIR* opendir(const char* path) {
  FAIL_IF_DUE(nullptr, "opendir", path)
  return REAL(opendir)(path);
}

ssize_t read(int fd, void* buffer, size_t size) {
  const int fault = due("read");
  if (fault > 0) {
    errno = fault;
    return -1;
  }
  return REAL(read)(fd, buffer, fault == one_byte && size > 1 ? 1 : size);
}

ssize_t write(int fd, const void* data, size_t size) {
  const int fault = due(fd == 1 ? "write-stdout" : fd == 2 ? "write-stderr" : "write");
  if (fault > 0) {
    errno = fault;
    return -1;
  }
  return REAL(write)(fd, data, fault == one_byte && size > 1 ? 1 : size);
}

int close(int fd) {
  // The descriptor is gone, whatever close(2) answers.
  const int closed = REAL(close)(fd);
  FAIL_IF_DUE(-1, "close")
  return closed;
}

int pipe2(int ends[2], int flags) {
  FAIL_IF_DUE(-1, "pipe2")
  return REAL(pipe2)(ends, flags);
}

int fcntl(int fd, int command, ...) {
  FAIL_IF_DUE(-1, "fcntl")
  va_list rest;
  va_start(rest, command);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  return REAL(fcntl)(fd, command, argument);
}

int stat(const char* path, struct stat* result) {
  FAIL_IF_DUE(-1, "stat", path)
  return REAL(stat)(path, result);
}

int lstat(const char* path, struct stat* result) {
  FAIL_IF_DUE(-1, "lstat", path)
  return REAL(lstat)(path, result);
}

int fstat(int fd, struct stat* result) {
  FAIL_IF_DUE(-1, "fstat")
  return REAL(fstat)(fd, result);
}

int fstatat(int at, const char* path, struct stat* result, int flags) {
  FAIL_IF_DUE(-1, "stat", path)
  return REAL(fstatat)(at, path, result, flags);
}

int access(const char* path, int mode) {
  FAIL_IF_DUE(-1, "access", path)
  return REAL(access)(path, mode);
}

int faccessat(int at, const char* path, int mode, int flags) {
  FAIL_IF_DUE(-1, "faccessat", path)
  return REAL(faccessat)(at, path, mode, flags);
}

char* realpath(const char* path, char* resolved) {
  FAIL_IF_DUE(nullptr, "realpath", path)
  return REAL(realpath)(path, resolved);
}

char* getcwd(char* buffer, size_t size) {
  FAIL_IF_DUE(nullptr, "getcwd")
  return REAL(getcwd)(buffer, size);
}

int flock(int fd, int operation) {
  FAIL_IF_DUE(-1, "flock")
  return REAL(flock)(fd, operation);
}

int fsync(int fd) {
  FAIL_IF_DUE(-1, "fsync", path_of(fd).c_str())
  return REAL(fsync)(fd);
}

int syncfs(int fd) noexcept {
  FAIL_IF_DUE(-1, "syncfs", path_of(fd).c_str())
  return REAL(syncfs)(fd);
}

int statfs(const char* path, struct statfs* status) noexcept {
  FAIL_IF_DUE(-1, "statfs", path)
  return REAL(statfs)(path, status);
}

int unlink(const char* path) noexcept {
  FAIL_IF_DUE(-1, "unlink", path)
  return REAL(unlink)(path);
}

int fchmod(int fd, mode_t mode) {
  FAIL_IF_DUE(-1, "fchmod")
  return REAL(fchmod)(fd, mode);
}

int rename(const char* from, const char* to) {
  FAIL_IF_DUE(-1, "rename", to)
  return REAL(rename)(from, to);
}

int renameat(int from_at, const char* from, int to_at, const char* to) {
  FAIL_IF_DUE(-1, "rename", to)
  return REAL(renameat)(from_at, from, to_at, to);
}

int mkdir(const char* path, mode_t mode) {
  FAIL_IF_DUE(-1, "mkdir", path)
  return REAL(mkdir)(path, mode);
}

char* mkdtemp(char* pattern) {
  FAIL_IF_DUE(nullptr, "mkdtemp", pattern)
  return REAL(mkdtemp)(pattern);
}

int renameat2(int from_at, const char* from, int to_at, const char* to, unsigned int flags) {
  FAIL_IF_DUE(-1, "renameat2", to)
  return REAL(renameat2)(from_at, from, to_at, to, flags);
}

int kill(pid_t pid, int signal) {
  FAIL_IF_DUE(-1, "kill")
  return REAL(kill)(pid, signal);
}

int waitid(idtype_t type, id_t id, siginfo_t* info, int options) {
  FAIL_IF_DUE(-1, "waitid")
  return REAL(waitid)(type, id, info, options);
}

int ppoll(pollfd* descriptors, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  FAIL_IF_DUE(-1, "ppoll")
  return REAL(ppoll)(descriptors, count, timeout, mask);
}

int signalfd(int fd, const sigset_t* mask, int flags) {
  FAIL_IF_DUE(-1, "signalfd")
  return REAL(signalfd)(fd, mask, flags);
}

int clock_gettime(clockid_t clock, timespec* result) noexcept {
  const int status = REAL(clock_gettime)(clock, result);
  if (state().active && clock == CLOCK_REALTIME) {
    state().clock_offset += state().clock_step;
    result->tv_sec += state().clock_offset;
  }
  return status;
}

int posix_spawn(pid_t* pid, const char* program, const posix_spawn_file_actions_t* actions,
                const posix_spawnattr_t* attributes, char* const arguments[],
                char* const environment[]) {
  if (const int error = due("posix_spawn", spelled(program, arguments).c_str())) {
    return error;
  }
  return REAL(posix_spawn)(pid, program, actions, attributes, arguments, environment);
}

// Other ways to start a program: only to be seen in the log.

int execve(const char* program, char* const arguments[], char* const environment[]) {
  FAIL_IF_DUE(-1, "execve", spelled(program, arguments).c_str())
  return REAL(execve)(program, arguments, environment);
}

int execvp(const char* program, char* const arguments[]) {
  FAIL_IF_DUE(-1, "execvp", spelled(program, arguments).c_str())
  return REAL(execvp)(program, arguments);
}

int posix_spawnp(pid_t* pid, const char* program, const posix_spawn_file_actions_t* actions,
                 const posix_spawnattr_t* attributes, char* const arguments[],
                 char* const environment[]) {
  if (const int error = due("posix_spawnp", spelled(program, arguments).c_str())) {
    return error;
  }
  return REAL(posix_spawnp)(pid, program, actions, attributes, arguments, environment);
}

int system(const char* command) {
  FAIL_IF_DUE(-1, "system", command)
  return REAL(system)(command);
}

FILE* popen(const char* command, const char* type) {
  FAIL_IF_DUE(nullptr, "popen", command)
  return REAL(popen)(command, type);
}

pid_t fork() {
  FAIL_IF_DUE(-1, "fork")
  return REAL(fork)();
}

long syscall(long number, ...) noexcept {
  va_list rest;
  va_start(rest, number);
  long arguments[6];
  for (long& argument : arguments) {
    argument = va_arg(rest, long);
  }
  va_end(rest);
  if (number == SYS_pidfd_open) {
    FAIL_IF_DUE(-1, "pidfd_open")
  }
  if (number == SYS_pidfd_send_signal) {
    FAIL_IF_DUE(-1, "pidfd_send_signal")
  }
  return REAL(syscall)(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                       arguments[5]);
}

}  // extern "C"
