#include "support/killing.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

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
