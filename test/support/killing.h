// A process and everyone below it: who they are, how they were called, and SIGKILL for them, as
// when the power goes for them alone.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace support {

[[nodiscard]] std::vector<pid_t> children_of(pid_t parent);

/// How `root` and all that descend from it were called, a line each, as `ps` shows it to every user
/// of the host.
[[nodiscard]] std::string arguments_below(pid_t root);

/// Whether a child of this process has ended; it is not reaped.
[[nodiscard]] bool has_ended(pid_t child);

/// Kills `root` and all that descend from it. Each is stopped before its children are looked for,
/// so that none escapes.
void kill_tree(pid_t root);

/// As long as it lives, orphans come to this process, so that they can be waited for.
class Orphanage {
 public:
  Orphanage();
  Orphanage(const Orphanage&) = delete;
  Orphanage& operator=(const Orphanage&) = delete;
  ~Orphanage();

  /// Waits until all children of this process have ended.
  static void empty();
};

}  // namespace support
