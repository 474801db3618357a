// The process trees of the children that were started: every living process that a child has
// started has to be ended with it. A process group is not enough, for an interactive shell and a
// mise that a task calls put what they start into groups of their own; nor is a session, for a
// daemon begins one.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "process/proc.h"

namespace process {

/// Each child that was started is the root of a tree.
class ProcessTrees {
 public:
  /// From now on a process that loses its parent, as a daemon does, becomes a child of this process
  /// (PR_SET_CHILD_SUBREAPER) and can be found.
  ProcessTrees();
  ProcessTrees(const ProcessTrees&) = delete;
  ProcessTrees& operator=(const ProcessTrees&) = delete;
  ~ProcessTrees() = default;

  /// The children of this process, dead or alive; nobody where the kernel does not list them.
  [[nodiscard]] static std::set<pid_t> children();

  /// `earlier` are the children from before `root` was started: its start time alone does not
  /// decide, for the kernel counts it in hundredths of a second.
  void add(pid_t root, std::set<pid_t> earlier) { roots_.emplace(root, std::move(earlier)); }
  /// To be called before `root` is reaped.
  void remove(pid_t root) { roots_.erase(root); }

  /// Reaps every child but the roots: whoever has process trees leaves all other children to them.
  /// Never waits.
  void reap_orphans() const;

  /// The living processes of the tree of `root`, which has not been reaped: everyone in the session
  /// that it began, everyone who descends from it, and the orphans that this process has adopted
  /// since it was started, less those of another root's or an older session. Nothing if /proc
  /// cannot be read.
  [[nodiscard]] std::optional<std::vector<ProcessStat>> living(pid_t root) const;

  /// The orphans of the tree that this process has adopted, dead or alive. Once the root is dead,
  /// there is one for as long as anyone in the tree lives: a process that forks and ends again and
  /// again escapes every look at all processes, but not this.
  [[nodiscard]] std::vector<ProcessStat> orphans(pid_t root) const;

  /// Sends `signal` to the root's process group and to everyone else in its tree.
  void signal(pid_t root, int signal) const;

 private:
  [[nodiscard]] std::vector<ProcessStat> members(const ProcessStat& root,
                                                 std::vector<ProcessStat> processes) const;
  /// Kills again and again what forks while it is being killed.
  void kill_orphans(pid_t root) const;

  /// Each with the children from before it.
  std::map<pid_t, std::set<pid_t>> roots_;
};

}  // namespace process
