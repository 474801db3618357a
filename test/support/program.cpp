#include "support/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <stdexcept>

#include "support/temporary_directory.h"

namespace support {
namespace {

std::filesystem::path make_scratch() {
  std::string pattern = (std::filesystem::temp_directory_path() / "fluke-program-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("cannot make a temporary directory like " + pattern);
  }
  return pattern;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& string : strings) {
    result.push_back(string.data());
  }
  result.push_back(nullptr);
  return result;
}

}  // namespace

// The streams go to files: a program that prints more than a pipe holds needs nobody to read along.
bool has_terminals() {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  const bool is_there = terminal >= 0 && access(ptsname(terminal), F_OK) == 0;
  close(terminal);
  return is_there;
}

Running::Running(const Program& program) : scratch_(make_scratch()) {
  std::ofstream(scratch_ / "in", std::ios::binary) << program.input;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const int writing = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&actions, 0, (scratch_ / "in").c_str(), O_RDONLY, 0);
  const std::filesystem::path& terminal = program.terminal;
  const std::filesystem::path out = terminal.empty() ? scratch_ / "out" : terminal;
  const std::filesystem::path err = terminal.empty() ? scratch_ / "err" : terminal;
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), writing, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), writing, 0600);
  for (const auto& [fd, path] : program.redirected) {
    posix_spawn_file_actions_addopen(&actions, fd, path.c_str(), O_WRONLY, 0);
  }
  for (const int fd : program.closed) {
    posix_spawn_file_actions_addclose(&actions, fd);
  }
  posix_spawn_file_actions_addchdir_np(&actions, program.directory.c_str());

  // Where the tests run in the background, some signals are ignored.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

  std::vector<std::string> arguments = program.arguments;
  std::vector<std::string> environment;
  for (const auto& [name, value] : program.environment) {
    environment.push_back(name + "=" + value);
  }
  const int error = posix_spawn(&pid_, arguments.front().c_str(), &actions, &attributes,
                                pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    throw std::runtime_error("cannot start " + arguments.front());
  }
}

Running::~Running() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(scratch_, ignored);
}

void Running::send(int signal) const {
  ::kill(pid_, signal);
}

std::string Running::err_so_far() const {
  return read_file(scratch_ / "err");
}

Ran Running::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  Ran ran{.out = read_file(scratch_ / "out"), .err = read_file(scratch_ / "err")};
  if (WIFEXITED(status)) {
    ran.status = WEXITSTATUS(status);
  } else {
    ran.signal = WTERMSIG(status);
  }
  return ran;
}

Ran run(const Program& program) {
  return Running(program).wait();
}

}  // namespace support
