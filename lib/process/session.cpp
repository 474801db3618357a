#include "process/session.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "process/descriptor.h"

namespace process {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

struct Member {
  pid_t pid = 0;
  char state = 0;
  pid_t group = 0;
  pid_t session = 0;

  [[nodiscard]] bool is_alive() const { return state != 'Z' && state != 'X'; }
};

/// Reads /proc/PID/stat: "PID (NAME) STATE PARENT GROUP SESSION …". The name may hold anything,
/// parentheses too. Nothing if the process has gone.
std::optional<Member> look_at(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> buffer = {};
  if (!file.is_open() || read(file.get(), buffer.data(), buffer.size() - 1) <= 0) {
    return std::nullopt;
  }
  const std::string stat = buffer.data();
  const std::size_t name_end = stat.rfind(')');
  Member member = {.pid = pid};
  int parent = 0;
  if (name_end == std::string::npos ||
      std::sscanf(stat.c_str() + name_end + 1, " %c %d %d %d", &member.state, &parent,
                  &member.group, &member.session) != 4) {
    return std::nullopt;
  }
  return member;
}

/// The living members of the session, or nothing if /proc cannot be read.
std::optional<std::vector<Member>> living_members(pid_t session) {
  const std::unique_ptr<DIR, CloseDirectory> proc(opendir("/proc"));
  if (proc == nullptr) {
    return std::nullopt;
  }
  std::vector<Member> members;
  while (const dirent* entry = readdir(proc.get())) {
    const int pid = std::atoi(entry->d_name);
    const std::optional<Member> member = pid > 0 ? look_at(pid) : std::nullopt;
    if (member && member->session == session && member->is_alive()) {
      members.push_back(*member);
    }
  }
  return members;
}

/// Signals `member` if its number is still its own: the pidfd holds on to the process, and the
/// second look makes sure that it is the right one.
void signal_member(const Member& member, int signal) {
  const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, member.pid, 0)));
  const std::optional<Member> now = look_at(member.pid);
  if (process.is_open() && now && now->session == member.session) {
    syscall(SYS_pidfd_send_signal, process.get(), signal, nullptr, 0);
  }
}

}  // namespace

bool session_lives(pid_t leader) {
  const std::optional<std::vector<Member>> members = living_members(leader);
  return !members || !members->empty();
}

void signal_session(pid_t leader, int signal) {
  kill(-leader, signal);
  for (const Member& member : living_members(leader).value_or(std::vector<Member>())) {
    if (member.group != leader) {
      signal_member(member, signal);
    }
  }
}

}  // namespace process
