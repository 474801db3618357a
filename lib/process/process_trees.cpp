#include "process/process_trees.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <utility>

#include "file/descriptor.h"

namespace process {
namespace {

/// Finds the processes of a tree among all processes at one instant.
class Search {
 public:
  /// `earlier` are the orphans from before the root, `sessions` those that are known not to be of
  /// its tree.
  Search(std::vector<ProcessStat> processes, const ProcessStat& root,
         const std::set<pid_t>& earlier, std::set<pid_t> sessions)
      : processes_(std::move(processes)),
        root_(root),
        self_(getpid()),
        earlier_(earlier),
        other_sessions_(std::move(sessions)) {
    for (const ProcessStat& process : processes_) {
      if (process.parent == self_ && is_earlier(process)) {
        other_sessions_.insert(process.session);
      }
    }
  }

  /// Dead or alive.
  [[nodiscard]] std::vector<ProcessStat> members() {
    std::set<pid_t> tree = {root_.pid};
    // Parents may come behind their children in the list: until nobody is added any more.
    for (std::size_t before = 0; before != tree.size();) {
      before = tree.size();
      for (const ProcessStat& process : processes_) {
        if (is_member(process, tree)) {
          tree.insert(process.pid);
        }
      }
    }
    std::erase_if(processes_,
                  [&](const ProcessStat& process) { return !tree.contains(process.pid); });
    return std::move(processes_);
  }

 private:
  [[nodiscard]] bool is_member(const ProcessStat& process, const std::set<pid_t>& tree) const {
    return process.session == root_.pid || tree.contains(process.parent) || is_orphan(process);
  }

  /// An orphan of the tree. One that a daemon of an earlier command lost meanwhile is of that
  /// daemon's session.
  [[nodiscard]] bool is_orphan(const ProcessStat& process) const {
    return process.parent == self_ && !is_earlier(process) &&
           !other_sessions_.contains(process.session);
  }

  [[nodiscard]] bool is_earlier(const ProcessStat& process) const {
    return process.started < root_.started || earlier_.contains(process.pid);
  }

  std::vector<ProcessStat> processes_;
  const ProcessStat& root_;
  pid_t self_;
  const std::set<pid_t>& earlier_;
  std::set<pid_t> other_sessions_;
};

/// Signals `process` if its number is still its own: the pidfd holds on to whoever has it, and the
/// second look makes sure that it is the right one.
void send(const ProcessStat& process, int signal) {
  const file::Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process.pid, 0)));
  const std::optional<ProcessStat> now = read_stat(process.pid);
  if (handle.is_open() && now && now->started == process.started) {
    syscall(SYS_pidfd_send_signal, handle.get(), signal, nullptr, 0);
  }
}

}  // namespace

ProcessTrees::ProcessTrees() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
}

std::set<pid_t> ProcessTrees::children() {
  const std::string self = std::to_string(getpid());
  std::ifstream list("/proc/" + self + "/task/" + self + "/children");
  std::set<pid_t> children;
  for (pid_t child = 0; list >> child;) {
    children.insert(child);
  }
  return children;
}

void ProcessTrees::reap_orphans() const {
  siginfo_t info = {};
  while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid > 0) {
    if (roots_.contains(info.si_pid)) {
      // It stands before whoever else has ended.
      for (const pid_t child : children()) {
        if (!roots_.contains(child)) {
          waitpid(child, nullptr, WNOHANG);
        }
      }
      return;
    }
    waitpid(info.si_pid, nullptr, WNOHANG);
    info = {};
  }
}

std::optional<std::vector<ProcessStat>> ProcessTrees::living(pid_t root) const {
  std::optional<std::vector<ProcessStat>> processes = all_processes();
  const std::optional<ProcessStat> process = read_stat(root);
  if (!process || !processes) {
    return std::nullopt;
  }
  std::vector<ProcessStat> tree = members(*process, std::move(*processes));
  std::erase_if(tree, [](const ProcessStat& member) { return !member.is_alive(); });
  return tree;
}

std::vector<ProcessStat> ProcessTrees::orphans(pid_t root) const {
  const std::optional<ProcessStat> process = read_stat(root);
  std::vector<ProcessStat> others;
  for (const pid_t child : children()) {
    if (const std::optional<ProcessStat> other = child != root ? read_stat(child) : std::nullopt) {
      others.push_back(*other);
    }
  }
  return process ? members(*process, std::move(others)) : std::vector<ProcessStat>();
}

std::vector<ProcessStat> ProcessTrees::members(const ProcessStat& root,
                                               std::vector<ProcessStat> processes) const {
  std::set<pid_t> others = {getsid(0)};
  for (const auto& [other, earlier] : roots_) {
    if (other != root.pid) {
      others.insert(other);
    }
  }
  return Search(std::move(processes), root, roots_.at(root.pid), std::move(others)).members();
}

void ProcessTrees::signal(pid_t root, int signal) const {
  const std::vector<ProcessStat> tree = living(root).value_or(std::vector<ProcessStat>());
  kill(-root, signal);
  for (const ProcessStat& process : tree) {
    if (process.group != root) {
      send(process, signal);
    }
  }
  if (signal == SIGKILL) {
    kill_orphans(root);
  }
}

void ProcessTrees::kill_orphans(pid_t root) const {
  constexpr int most_rounds = 100;
  bool is_killing = true;
  for (int round = 0; round < most_rounds && is_killing; ++round) {
    is_killing = false;
    for (const ProcessStat& orphan : orphans(root)) {
      if (orphan.is_alive()) {
        is_killing = true;
        // Until it is reaped its number is its own.
        kill(orphan.pid, SIGKILL);
      }
    }
  }
}

}  // namespace process
