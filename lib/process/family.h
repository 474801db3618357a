// Everyone whom a child has started and who is alive: what has to be ended with it. A process group
// is not enough, for an interactive shell and a mise that a task calls put what they start into
// groups of their own; nor is a session, for a daemon begins one.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace process {

/// A process at one instant, as /proc tells it.
struct Relative {
  pid_t pid = 0;
  std::string name;
  char state = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  /// In clock ticks since the host was started. With `pid` it tells a process from every other.
  unsigned long long started = 0;

  [[nodiscard]] bool is_alive() const { return state != 'Z' && state != 'X'; }
};

/// Nothing if there is no such process.
[[nodiscard]] std::optional<Relative> look_at(pid_t pid);

/// The children that were started, each the leader of a family, and what they have left behind.
class Household {
 public:
  /// From now on a process that loses its parent, as a daemon does, becomes a child of this process
  /// and can be found.
  Household();
  Household(const Household&) = delete;
  Household& operator=(const Household&) = delete;
  ~Household() = default;

  /// The children of this process, dead or alive; nobody where the kernel does not list them.
  [[nodiscard]] static std::set<pid_t> children();

  /// `earlier` is who was a child before `leader` was started: its start alone would not tell, for
  /// the kernel counts it in hundredths of a second.
  void add(pid_t leader, std::set<pid_t> earlier) { leaders_.emplace(leader, std::move(earlier)); }
  /// To be called before `leader` is reaped.
  void remove(pid_t leader) { leaders_.erase(leader); }

  /// Takes note of the end of every child but the leaders: whoever has a household leaves all other
  /// children to it. Never waits.
  void reap_orphans() const;

  /// The living members of the family of `leader`, which has not been reaped: everyone in the
  /// session that it began, everyone who descends from it, and the orphans that this process has
  /// adopted since it was started, less those of another leader's or an older session. Nothing if
  /// /proc cannot be read.
  [[nodiscard]] std::optional<std::vector<Relative>> living_family(pid_t leader) const;

  /// The orphans of the family of `leader` that this process has adopted, dead or alive. Once the
  /// leader is dead, there is one for as long as anyone in the family lives: a process that forks
  /// and ends again and again escapes every look at all processes, but not this.
  [[nodiscard]] std::vector<Relative> orphans(pid_t leader) const;

  /// Sends `signal` to the leader's process group and to everyone else in its family.
  void signal_family(pid_t leader, int signal) const;

 private:
  [[nodiscard]] std::vector<Relative> members(const Relative& leader,
                                              std::vector<Relative> processes) const;
  /// Kills again what has forked meanwhile, faster than that goes on for long.
  void kill_orphans(pid_t leader) const;

  /// Each with those who were children before it.
  std::map<pid_t, std::set<pid_t>> leaders_;
};

}  // namespace process
