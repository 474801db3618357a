// A stage for the real git: a bare remote, somebody who pushes to it, and the directory that fluke
// keeps in step with it, all in one temporary directory and apart from the user's own settings.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "git/checkout.h"
#include "process/cancellation.h"
#include "process/posix_runner.h"
#include "support/temporary_directory.h"

/// Runs real commands and remembers with which arguments.
class RecordingRunner : public process::Runner {
 public:
  explicit RecordingRunner(process::Runner& inner) : inner_(inner) {}

  [[nodiscard]] process::Result run(const process::Command& command,
                                    const process::LineSink& on_line) override;
  [[nodiscard]] process::Result run_beside(const process::Command& command,
                                           const process::LineSink& on_line,
                                           const std::function<void()>& work) override;

  std::vector<process::Command> commands;

 private:
  process::Runner& inner_;
};

class Scene {
 public:
  Scene();

  /// File names and their new texts; nothing deletes the file.
  using Changes = std::map<std::string, std::optional<std::string>>;

  /// Somebody commits on the branch and pushes (with force); the object name of the commit.
  std::string push(const Changes& changes, const std::string& branch = "main");
  /// As if the last commit of the branch had never been, somebody commits another.
  std::string push_rewritten(const Changes& changes);
  /// Somebody pushes a symbolic link, or other permissions of a file.
  std::string push_link(const std::string& name, const std::string& target);
  std::string push_mode(const std::string& name, unsigned mode);
  /// A first commit on main with readme.txt and app.txt, cloned by fluke.
  void clone();
  /// A commit in the checkout.
  std::string commit(const Changes& changes);
  void write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;

  /// Runs git there with the words of `line` (split at spaces), and expects it to succeed.
  std::string git(const std::filesystem::path& directory, const std::string& line);
  /// Runs git, however it ends; what it says.
  std::string try_git_in(const std::filesystem::path& directory, const std::string& line);
  void try_git(const std::string& line) { static_cast<void>(try_git_in(checkout, line)); }
  std::string in_author(const std::string& line) { return git(author_, line); }
  std::string in_checkout(const std::string& line) { return git(checkout, line); }

  /// The author signs with the SSH key of this name from now on, which is made where there is none.
  void sign_as(const std::string& name);
  void sign_nothing() { in_author("config commit.gpgSign false"); }
  /// The file of the manifest, of which there may be none yet, lists that key with `options`.
  void allow(const std::string& name, const std::string& options = "");
  /// The private key of that name; the public one is beside it.
  [[nodiscard]] std::filesystem::path key(const std::string& name) const { return keys / name; }

  /// From now on git is a script, which runs git but for `cases` of its first argument, as case in
  /// sh(1) has them.
  void stand_in(const std::string& cases);

  /// From now on a tag or a commit is followed.
  void follow_tag(const std::string& name) {
    revision = {.kind = git::Revision::Kind::tag, .name = name};
  }
  void follow_commit(const std::string& name) {
    revision = {.kind = git::Revision::Kind::commit, .name = name};
  }
  [[nodiscard]] git::Source source() const;
  tl::expected<git::Synced, git::Error> sync();
  tl::expected<git::Comparison, git::Error> inspect();
  /// Syncs, expects a refusal that left every byte as it was, and gives its message, with the
  /// checkout's path as CHECKOUT and the remote's as REMOTE.
  std::string refusal();
  /// Syncs, expects a failure; as above.
  std::string failure();
  [[nodiscard]] std::string shortened(std::string text) const;
  /// Syncs, expects a refusal, runs the last command that its message names in a shell, and syncs
  /// once more, which now has to succeed. Gives the message, shortened.
  std::string remedied_refusal();
  /// Runs the command behind the last "with: " of `message`.
  void do_as_told(const std::string& message);

  /// All that a user could lose: work tree, index, branches, HEAD, stash, configuration.
  [[nodiscard]] std::string snapshot() const;

  process::Environment environment;
  std::filesystem::path program;
  std::filesystem::path remote;
  std::filesystem::path checkout;
  std::filesystem::path keys;
  std::filesystem::path signers;
  std::string url;
  std::string branch = "main";
  /// Followed instead, where it is no branch.
  git::Revision revision;
  bool move = false;
  std::optional<git::Verify> verify;
  bool require_clean = false;
  std::optional<std::chrono::milliseconds> deadline;
  std::vector<std::string> lines;

  [[nodiscard]] const std::filesystem::path& root() const { return directory_.path(); }
  RecordingRunner& runner() { return runner_; }
  /// The git commands of the last sync, by name.
  [[nodiscard]] std::vector<std::string> commands() const;

 private:
  void make_key(const std::string& name);
  std::string write_and_commit(const std::filesystem::path& directory, const Changes& changes);

  support::TemporaryDirectory directory_;
  process::PosixRunner real_;
  RecordingRunner runner_;
  std::filesystem::path author_;
};

/// Has a git, or the ssh-keygen that it asks, stand still just before it begins, so that a sync can
/// be cut off there.
class Standstill {
 public:
  /// The command of this number, of those that are started from now on.
  Standstill(Scene& scene, int step);
  Standstill(const Standstill&) = delete;
  Standstill& operator=(const Standstill&) = delete;
  ~Standstill() { end(); }

  [[nodiscard]] bool is_reached() const;
  /// The command, if it is still there, goes on.
  void end();

 private:
  Scene& scene_;
  std::filesystem::path directory_;
  process::Environment environment_;
  std::filesystem::path program_;
};
