#include "process/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "file/contents.h"

namespace process {
namespace {

constexpr int first_unused = 3;

/// In bytes; the most that anybody may ask for by default.
constexpr int pipe_size = 1024 * 1024;

struct Pipe {
  file::Descriptor reading;
  file::Descriptor writing;
};

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  [[nodiscard]] posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_ = {};
};

class Attributes {
 public:
  Attributes() { posix_spawnattr_init(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }
  [[nodiscard]] posix_spawnattr_t* get() { return &attributes_; }

 private:
  posix_spawnattr_t attributes_ = {};
};

int first_error(std::initializer_list<int> errors) {
  for (const int error : errors) {
    if (error != 0) {
      return error;
    }
  }
  return 0;
}

/// If fluke itself was started with one of 0 to 2 closed, a pipe may get that number, which the
/// child needs for something else.
bool move_out_of_the_way(file::Descriptor& descriptor) {
  if (descriptor.get() < first_unused) {
    file::Descriptor higher(fcntl(descriptor.get(), F_DUPFD_CLOEXEC, first_unused));
    if (!higher.is_open()) {
      return false;
    }
    descriptor = std::move(higher);
  }
  return true;
}

tl::expected<Pipe, NotStarted> make_pipe() {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return tl::unexpected(NotStarted{.operation = "pipe2", .error = errno});
  }
  Pipe pipe{file::Descriptor(ends[0]), file::Descriptor(ends[1])};
  if (!move_out_of_the_way(pipe.reading) || !move_out_of_the_way(pipe.writing) ||
      fcntl(pipe.reading.get(), F_SETFL, O_NONBLOCK) != 0) {
    return tl::unexpected(NotStarted{.operation = "fcntl", .error = errno});
  }
  return pipe;
}

/// A file in memory that holds `text`, to be read from its beginning.
tl::expected<file::Descriptor, NotStarted> make_input(std::string_view text) {
  file::Descriptor input(memfd_create("input", MFD_CLOEXEC));
  if (!input.is_open() || !move_out_of_the_way(input)) {
    return tl::unexpected(NotStarted{.operation = "memfd_create", .error = errno});
  }
  if (const auto written = file::write_all(input.get(), text); !written) {
    return tl::unexpected(NotStarted{.operation = "write", .error = written.error()});
  }
  if (lseek(input.get(), 0, SEEK_SET) != 0) {
    return tl::unexpected(NotStarted{.operation = "lseek", .error = errno});
  }
  return input;
}

/// `input` may be closed.
int prepare(FileActions& actions, const Command& command, const file::Descriptor& input, int output,
            int errors) {
  return first_error(
      {posix_spawn_file_actions_addchdir_np(actions.get(), command.working_dir.c_str()),
       input.is_open() ? posix_spawn_file_actions_adddup2(actions.get(), input.get(), STDIN_FILENO)
                       : posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null",
                                                          O_RDONLY, 0),
       posix_spawn_file_actions_adddup2(actions.get(), output, STDOUT_FILENO),
       posix_spawn_file_actions_adddup2(actions.get(), errors, STDERR_FILENO),
       posix_spawn_file_actions_addclosefrom_np(actions.get(), first_unused)});
}

int prepare(Attributes& attributes) {
  sigset_t all;
  sigset_t none;
  sigfillset(&all);
  sigemptyset(&none);
  constexpr short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
  return first_error({posix_spawnattr_setflags(attributes.get(), flags),
                      posix_spawnattr_setsigdefault(attributes.get(), &all),
                      posix_spawnattr_setsigmask(attributes.get(), &none)});
}

/// The null-terminated array that exec(3) wants; `strings` outlives it.
std::vector<char*> pointers_to(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (const std::string& string : strings) {
    pointers.push_back(const_cast<char*>(string.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

/// posix_spawn(3) does not distinguish a directory that cannot be entered from a program that
/// cannot be executed, so the directory is tried again.
NotStarted spawn_failure(const Command& command, int error) {
  const file::Descriptor directory(
      open(command.working_dir.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!directory.is_open() || faccessat(directory.get(), ".", X_OK, AT_EACCESS) != 0) {
    return {.operation = "chdir", .error = errno, .path = command.working_dir};
  }
  return {.operation = "posix_spawn", .error = error, .path = command.program};
}

tl::expected<pid_t, NotStarted> spawn(const Command& command, int output, int errors) {
  file::Descriptor input;
  if (!command.input.empty()) {
    auto made = make_input(command.input);
    if (!made) {
      return tl::unexpected(made.error());
    }
    input = *std::move(made);
  }
  FileActions actions;
  Attributes attributes;
  if (const int error =
          first_error({prepare(actions, command, input, output, errors), prepare(attributes)})) {
    return tl::unexpected(NotStarted{.operation = "posix_spawn", .error = error});
  }
  std::vector<std::string> arguments = {command.program.filename()};
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  pid_t pid = -1;
  const int error =
      posix_spawn(&pid, command.program.c_str(), actions.get(), attributes.get(),
                  pointers_to(arguments).data(), pointers_to(command.environment).data());
  if (error != 0) {
    return tl::unexpected(spawn_failure(command, error));
  }
  return pid;
}

}  // namespace

tl::expected<Child, NotStarted> Child::start(const Command& command, ProcessTrees& trees) {
  tl::expected<Pipe, NotStarted> output = make_pipe();
  if (!output) {
    return tl::unexpected(output.error());
  }
  Pipe errors;
  if (command.streams == Streams::separate) {
    tl::expected<Pipe, NotStarted> made = make_pipe();
    if (!made) {
      return tl::unexpected(made.error());
    }
    errors = std::move(*made);
  } else {
    // A task goes on while what it has printed is passed on. A user who has too many pipes is given
    // no more (pipe(7)), and does without.
    fcntl(output->reading.get(), F_SETPIPE_SZ, pipe_size);
  }
  const int error_target = errors.writing.is_open() ? errors.writing.get() : output->writing.get();
  std::set<pid_t> earlier = ProcessTrees::children();
  const tl::expected<pid_t, NotStarted> pid = spawn(command, output->writing.get(), error_target);
  if (!pid) {
    return tl::unexpected(pid.error());
  }
  trees.add(*pid, std::move(earlier));
  Child child(*pid, trees);
  child.output = std::move(output->reading);
  child.errors = std::move(errors.reading);
  // This comes first: the number that it frees is there for the pidfd.
  output->writing.close();
  child.process_ = file::Descriptor(static_cast<int>(syscall(SYS_pidfd_open, *pid, 0)));
  if (!child.process_.is_open()) {
    const int error = errno;
    child.signal_tree(SIGKILL);
    waitid(P_PID, static_cast<id_t>(*pid), nullptr, WEXITED | WNOWAIT);
    return tl::unexpected(NotStarted{.operation = "pidfd_open", .error = error});
  }
  return child;
}

Child::Child(pid_t pid, ProcessTrees& trees) : pid_(pid), trees_(&trees) {}

Child::Child(Child&& other) noexcept
    : output(std::move(other.output)),
      errors(std::move(other.errors)),
      pid_(std::exchange(other.pid_, -1)),
      trees_(other.trees_),
      process_(std::move(other.process_)) {}

Child::~Child() {
  if (pid_ > 0) {
    trees_->remove(pid_);
    waitpid(pid_, nullptr, WNOHANG);
  }
}

std::optional<Ending> Child::ended() const {
  siginfo_t info = {};
  if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0) {
    return NotStarted{.operation = "waitid", .error = errno};
  }
  if (info.si_pid == 0) {
    return std::nullopt;
  }
  if (info.si_code == CLD_EXITED) {
    return Exited{info.si_status};
  }
  return Signalled{info.si_status};
}

void Child::signal_tree(int signal) const {
  trees_->signal(pid_, signal);
}

bool Child::tree_lives() const {
  if (!trees_->orphans(pid_).empty()) {
    return true;
  }
  const auto tree = trees_->living(pid_);
  return !tree || !tree->empty();
}

Survivors Child::survivors() const {
  const auto tree = trees_->living(pid_);
  if (!tree) {
    return {.unseen = true};
  }
  Survivors survivors;
  for (const ProcessStat& process : *tree) {
    survivors.processes.push_back(std::to_string(process.pid) + " (" + process.name + ")");
  }
  survivors.is_forking = survivors.processes.empty();
  return survivors;
}

}  // namespace process
