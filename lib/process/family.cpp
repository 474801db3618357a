#include "process/family.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "file/descriptor.h"

namespace process {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

std::optional<std::vector<Relative>> all_processes() {
  const std::unique_ptr<DIR, CloseDirectory> proc(opendir("/proc"));
  if (proc == nullptr) {
    return std::nullopt;
  }
  std::vector<Relative> processes;
  while (const dirent* entry = readdir(proc.get())) {
    const int pid = std::atoi(entry->d_name);
    if (std::optional<Relative> process = pid > 0 ? look_at(pid) : std::nullopt) {
      processes.push_back(std::move(*process));
    }
  }
  return processes;
}

/// Tells who is of the family, from one look at all processes.
class Census {
 public:
  /// `earlier` are the orphans that came before the leader, `sessions` those that are known not to
  /// be of its family.
  Census(std::vector<Relative> processes, const Relative& leader, const std::set<pid_t>& earlier,
         std::set<pid_t> sessions)
      : processes_(std::move(processes)),
        leader_(leader),
        self_(getpid()),
        earlier_(earlier),
        other_sessions_(std::move(sessions)) {
    for (const Relative& process : processes_) {
      if (process.parent == self_ && is_earlier(process)) {
        other_sessions_.insert(process.session);
      }
    }
  }

  /// Dead or alive.
  [[nodiscard]] std::vector<Relative> members() {
    std::set<pid_t> family = {leader_.pid};
    // Parents may come behind their children in the list: until nobody is added any more.
    for (std::size_t before = 0; before != family.size();) {
      before = family.size();
      for (const Relative& process : processes_) {
        if (is_relative(process, family)) {
          family.insert(process.pid);
        }
      }
    }
    std::erase_if(processes_,
                  [&](const Relative& process) { return !family.contains(process.pid); });
    return std::move(processes_);
  }

 private:
  [[nodiscard]] bool is_relative(const Relative& process, const std::set<pid_t>& family) const {
    return process.session == leader_.pid || family.contains(process.parent) || is_orphan(process);
  }

  /// An orphan of the leader's family. One that a daemon of an earlier command lost meanwhile is of
  /// that daemon's session.
  [[nodiscard]] bool is_orphan(const Relative& process) const {
    return process.parent == self_ && !is_earlier(process) &&
           !other_sessions_.contains(process.session);
  }

  [[nodiscard]] bool is_earlier(const Relative& process) const {
    return process.started < leader_.started || earlier_.contains(process.pid);
  }

  std::vector<Relative> processes_;
  const Relative& leader_;
  pid_t self_;
  const std::set<pid_t>& earlier_;
  std::set<pid_t> other_sessions_;
};

/// Signals `process` if its number is still its own: the pidfd holds on to whoever has it, and the
/// second look makes sure that it is the right one.
void signal_relative(const Relative& process, int signal) {
  const file::Descriptor handle(static_cast<int>(syscall(SYS_pidfd_open, process.pid, 0)));
  const std::optional<Relative> now = look_at(process.pid);
  if (handle.is_open() && now && now->started == process.started) {
    syscall(SYS_pidfd_send_signal, handle.get(), signal, nullptr, 0);
  }
}

}  // namespace

// /proc/PID/stat is "PID (NAME) STATE PARENT GROUP SESSION …". The name may hold anything,
// parentheses too.
std::optional<Relative> look_at(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const file::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> buffer = {};
  if (!file.is_open() || read(file.get(), buffer.data(), buffer.size() - 1) <= 0) {
    return std::nullopt;
  }
  const std::string stat = buffer.data();
  const std::size_t name = stat.find('(');
  const std::size_t name_end = stat.rfind(')');
  if (name == std::string::npos || name_end == std::string::npos) {
    return std::nullopt;
  }
  Relative process = {.pid = pid, .name = stat.substr(name + 1, name_end - name - 1)};
  // Between the session (the 6th field) and the start (the 22nd) are fifteen that say nothing here.
  if (std::sscanf(stat.c_str() + name_end + 1,
                  " %c %d %d %d %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu",
                  &process.state, &process.parent, &process.group, &process.session,
                  &process.started) != 5) {
    return std::nullopt;
  }
  return process;
}

Household::Household() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
}

std::set<pid_t> Household::children() {
  const std::string self = std::to_string(getpid());
  std::ifstream list("/proc/" + self + "/task/" + self + "/children");
  std::set<pid_t> children;
  for (pid_t child = 0; list >> child;) {
    children.insert(child);
  }
  return children;
}

void Household::reap_orphans() const {
  siginfo_t info = {};
  while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid > 0) {
    if (leaders_.contains(info.si_pid)) {
      // It stands before whoever else has ended.
      for (const pid_t child : children()) {
        if (!leaders_.contains(child)) {
          waitpid(child, nullptr, WNOHANG);
        }
      }
      return;
    }
    waitpid(info.si_pid, nullptr, WNOHANG);
    info = {};
  }
}

std::optional<std::vector<Relative>> Household::living_family(pid_t leader) const {
  std::optional<std::vector<Relative>> processes = all_processes();
  const std::optional<Relative> process = look_at(leader);
  if (!process || !processes) {
    return std::nullopt;
  }
  std::vector<Relative> family = members(*process, std::move(*processes));
  std::erase_if(family, [](const Relative& relative) { return !relative.is_alive(); });
  return family;
}

std::vector<Relative> Household::orphans(pid_t leader) const {
  const std::optional<Relative> process = look_at(leader);
  std::vector<Relative> others;
  for (const pid_t child : children()) {
    if (const std::optional<Relative> other = child != leader ? look_at(child) : std::nullopt) {
      others.push_back(*other);
    }
  }
  return process ? members(*process, std::move(others)) : std::vector<Relative>();
}

std::vector<Relative> Household::members(const Relative& leader,
                                         std::vector<Relative> processes) const {
  std::set<pid_t> others = {getsid(0)};
  for (const auto& [other, earlier] : leaders_) {
    if (other != leader.pid) {
      others.insert(other);
    }
  }
  return Census(std::move(processes), leader, leaders_.at(leader.pid), std::move(others)).members();
}

void Household::signal_family(pid_t leader, int signal) const {
  const std::vector<Relative> family = living_family(leader).value_or(std::vector<Relative>());
  kill(-leader, signal);
  for (const Relative& relative : family) {
    if (relative.group != leader) {
      signal_relative(relative, signal);
    }
  }
  if (signal == SIGKILL) {
    kill_orphans(leader);
  }
}

void Household::kill_orphans(pid_t leader) const {
  constexpr int most_rounds = 100;
  bool is_killing = true;
  for (int round = 0; round < most_rounds && is_killing; ++round) {
    is_killing = false;
    for (const Relative& orphan : orphans(leader)) {
      if (orphan.is_alive()) {
        is_killing = true;
        // Until it is reaped its number is its own.
        kill(orphan.pid, SIGKILL);
      }
    }
  }
}

}  // namespace process
