#include "support/killing.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace support {

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> found;
  std::error_code error;
  // Each thread has children of its own.
  for (std::filesystem::directory_iterator it("/proc/" + std::to_string(parent) + "/task", error),
       end;
       !error && it != end; it.increment(error)) {
    std::ifstream list(it->path() / "children");
    for (pid_t child = 0; list >> child;) {
      found.push_back(child);
    }
  }
  return found;
}

std::string arguments_below(pid_t root) {
  std::string line;
  const std::string file = "/proc/" + std::to_string(root) + "/cmdline";
  if (const int opened = open(file.c_str(), O_RDONLY | O_CLOEXEC); opened >= 0) {
    std::array<char, 4096> buffer = {};
    // It may have gone meanwhile, which is an error of read(2).
    for (ssize_t got = 0; (got = read(opened, buffer.data(), buffer.size())) > 0;) {
      line.append(buffer.data(), static_cast<std::size_t>(got));
    }
    close(opened);
  }
  std::ranges::replace(line, '\0', ' ');
  line += '\n';
  for (const pid_t child : children_of(root)) {
    line += arguments_below(child);
  }
  return line;
}

bool has_ended(pid_t child) {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == child;
}

void kill_tree(pid_t root) {
  kill(root, SIGSTOP);
  for (const pid_t child : children_of(root)) {
    kill_tree(child);
  }
  kill(root, SIGKILL);
}

Orphanage::Orphanage() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
}

Orphanage::~Orphanage() {
  prctl(PR_SET_CHILD_SUBREAPER, 0);
}

void Orphanage::empty() {
  while (waitpid(-1, nullptr, 0) > 0) {
  }
}

}  // namespace support
