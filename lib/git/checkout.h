// Brings one directory to one branch, tag or commit of one remote, and never loses a local change:
// what stands in the way is reported, not removed.
#pragma once

#include <chrono>
#include <ctime>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "git/environment.h"
#include "git/error.h"
#include "git/revision.h"
#include "process/environment.h"
#include "process/runner.h"

namespace git {

class Repository;
struct Context;

/// What the manifest asks for.
struct Source {
  std::string url;
  Revision revision;
  /// Local changes of tracked files are refused, not only told.
  bool require_clean = false;
  /// A tag that has moved on the remote is followed, not refused.
  bool move = false;
  /// Nothing is checked out without a good signature.
  std::optional<Verify> verify;
};

enum class Action { up_to_date, cloned, fast_forwarded, switched };

/// What a sync did. Object names are full; `before` is empty after a clone.
struct Synced {
  Action action = Action::up_to_date;
  std::string before;
  std::string after;
  /// The remote's former url, masked, where the manifest's replaced it.
  std::optional<std::string> replaced_url;
  /// Something in the checkout is another than before: files, submodules, the branch that is out.
  bool updated = false;
  /// Which local changes of tracked files were kept, in a sentence; empty where there are none.
  std::string edited;
  /// Where the source has it verified.
  std::optional<Signer> signer;
  /// What else was done or seen that the operator should know, a sentence each.
  std::vector<std::string> notes;
};

/// How a checkout compares with its remote, found out without changing work tree, index or
/// branches.
struct Comparison {
  enum class State { not_cloned, up_to_date, behind, elsewhere };
  State state = State::up_to_date;
  /// How many commits what is followed has that the checkout lacks.
  std::size_t commits_behind = 0;
  /// For State::elsewhere: what is checked out instead, as a message says it.
  std::string detail;
  /// As Synced has it.
  std::string edited;
  std::string head;
  std::string remote_head;
  /// Of the remote's; as Synced has it.
  std::optional<Signer> signer;
  /// As Synced has them.
  std::vector<std::string> notes;
};

using HeadSink = std::function<void(const std::string& commit)>;

/// Drives git in one directory at a time. The caller holds that directory's lock.
class Client {
 public:
  /// Made when the run begins. `program` is git's absolute path; `environment` the one fluke
  /// inherited. `runner` outlives it.
  Client(process::Runner& runner, std::filesystem::path program,
         const process::Environment& environment);

  /// Clones if `directory` is absent or empty; otherwise fetches what is followed from the url, and
  /// fast-forwards to a branch, or detaches HEAD at a tag or a commit; then the submodules follow.
  /// Each git command has `deadline`.
  /// `on_line` hears git's output, masked. `on_head` hears which commit is checked out, while git
  /// asks the remote whether it is to stay so: what is found out about it then has cost no time.
  [[nodiscard]] tl::expected<Synced, Error> sync(const std::filesystem::path& directory,
                                                 const Source& source,
                                                 std::optional<std::chrono::milliseconds> deadline,
                                                 const process::LineSink& on_line,
                                                 const HeadSink& on_head = {});

  /// Fetches objects only, and compares. Fails where sync() would refuse, in the same words.
  [[nodiscard]] tl::expected<Comparison, Error> inspect(
      const std::filesystem::path& directory, const Source& source,
      std::optional<std::chrono::milliseconds> deadline, const process::LineSink& on_line,
      const HeadSink& on_head = {});

  /// The directory, for those who only ask git about it. Each command has `deadline`.
  [[nodiscard]] tl::expected<Repository, Error> open(
      const std::filesystem::path& directory,
      std::optional<std::chrono::milliseconds> deadline) const;

  /// Asks the url whether what is followed is there, and writes nothing anywhere; of a commit that
  /// cannot be asked. `directory` may be absent.
  [[nodiscard]] tl::expected<void, Error> look_for_revision(
      const std::filesystem::path& directory, const Source& source,
      std::optional<std::chrono::milliseconds> deadline);

 private:
  [[nodiscard]] Context context(const std::filesystem::path& directory,
                                std::optional<std::chrono::milliseconds> deadline,
                                const process::LineSink& on_line, const HeadSink& on_head = {},
                                std::vector<std::string>* notes = nullptr) const;

  process::Runner& runner_;
  std::filesystem::path program_;
  process::Environment environment_;
  timespec start_ = {};
};

}  // namespace git
