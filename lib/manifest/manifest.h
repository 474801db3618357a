// What a manifest means, after every rule of the schema has been checked.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "diagnostic/source_file.h"
#include "manifest/type.h"
#include "text/secrets.h"

namespace manifest {

/// What a checkout follows.
struct Revision {
  enum class Kind : std::uint8_t { branch, tag, commit };
  Kind kind = Kind::branch;
  /// That of a commit has all its digits, in small letters.
  std::string name;

  [[nodiscard]] bool operator==(const Revision&) const = default;
};

/// The `verify` block: the keys that vouch for what is checked out.
struct Verify {
  enum class Keys : std::uint8_t { allowed_signers, gnupg_home };
  Keys keys = Keys::allowed_signers;
  /// The file or the directory, absolute and lexically normal; it need not exist.
  std::filesystem::path path;
  /// The file of SSH keys that are revoked, absolute and lexically normal. Empty: not written.
  std::filesystem::path revoked_keys;

  [[nodiscard]] bool operator==(const Verify&) const = default;
};

/// A `git` block.
struct GitSource {
  /// As written: it may hold a password and is never shown as it is.
  std::string url;
  Revision revision;
  /// Local changes of tracked files fail the sync.
  bool require_clean = false;
  /// A tag that has moved on the remote is followed.
  bool move = false;
  /// How often a sync is tried again that failed for a reason that passes. Absent: not written.
  std::optional<int> retry;
  std::optional<Verify> verify;
};

/// What to do about drift.
enum class DriftPolicy : std::uint8_t { remediate, remediate_and_alert, alert_only };

/// Pairs of names and values.
using Labels = std::map<std::string, std::string, std::less<>>;

/// A `task` block, which its resources share.
struct Task {
  std::string name;
  std::string description;
  /// Absent where the task leaves it to the run.
  std::optional<DriftPolicy> drift;
  /// A host without all of these has no part in the task.
  Labels selector;
};

/// What a block of some type declares, or one of several that it declares.
struct Resource {
  /// "TASK/NAME" in a task.
  std::string name;
  const ResourceType* type = nullptr;
  /// What only its type knows of.
  std::shared_ptr<const Settings> settings;

  /// Where it was declared: its file and its header (type and label).
  const diagnostic::SourceFile* file = nullptr;
  diagnostic::Range range;

  /// Absolute and lexically normal; it need not exist. Empty where the type does not ask for one
  /// and none is named: then the type knows where commands work.
  std::filesystem::path working_dir;
  /// Where it is written, or else where the resource was declared.
  diagnostic::Range working_dir_range;

  /// Added to the inherited environment of its commands, in order of name.
  std::vector<std::pair<std::string, std::string>> env;

  /// The names of those in `env` whose values are never shown.
  std::set<std::string> sensitive_env;
  /// Not even the names in `env` are shown.
  bool env_is_sensitive = false;

  /// Deadline of each command; zero is none. Absent: not written in the manifest.
  std::optional<std::chrono::milliseconds> timeout;

  /// How long after apply the check may take to turn green.
  std::chrono::milliseconds settle{std::chrono::seconds(10)};

  /// Names of resources that come before this one.
  std::vector<std::string> depends_on;

  bool enabled = true;
  std::optional<GitSource> git;

  /// Null outside of a task.
  std::shared_ptr<const Task> task = nullptr;
  /// If it fails, what comes after it in the task is skipped.
  bool aborts_task = true;
};

/// A block whose task is for other hosts: its attributes were not evaluated.
struct OtherResource {
  std::string name;
  const ResourceType* type = nullptr;
  const diagnostic::SourceFile* file = nullptr;
  diagnostic::Range range;
  std::shared_ptr<const Task> task;
};

/// The host that manifests are decoded for.
struct Host {
  std::string name;
  Labels labels;
};

/// What an `include` block declares: manifests to be read as if the command line had named them.
struct Include {
  /// The directory that they lie in, as of a resource without a type, settings and tasks: it is
  /// locked and synced like the directory of one.
  Resource checkout;
  /// Paths and patterns below the directory, as written; "." is every manifest there.
  std::vector<std::string> manifests;
  /// Where they are written, or else where the include was declared.
  diagnostic::Range manifests_range;
};

/// What `timeout` is where neither the manifest nor the command line says.
inline constexpr std::chrono::milliseconds default_timeout = std::chrono::minutes(30);

/// What a `notify` block declares, or one of several: a task that runs at the end of a run.
struct Notification {
  /// Where and how the task runs: what a resource has, with a task in place of its operations.
  Resource task;
  /// It runs where a resource has one of these outcomes.
  std::vector<std::string> on;
};

/// The outcomes that a resource can have, by their names.
inline constexpr std::array<std::string_view, 6> outcome_names = {
    "satisfied", "applied", "drifted", "failed", "skipped", "disabled"};

/// What `timeout` of a notify block is where it is not written.
inline constexpr std::chrono::milliseconds default_notify_timeout = std::chrono::minutes(1);

/// All resources of all manifests given, in the order in which they run.
struct Manifest {
  std::vector<Resource> resources;
  /// In declaration order. Even where the manifests are not valid, those that are so themselves.
  std::vector<Notification> notifications;
  /// In declaration order.
  std::vector<Include> includes;
  /// There are resources that are not known: an include is not there yet.
  bool is_partial = false;
  /// What is not for this host, in the order of declaration.
  std::vector<OtherResource> others;
  Host host;
  /// What is sensitive, to be masked wherever a command prints it.
  text::Secrets secrets;
  /// The names of the variables that are declared sensitive.
  std::set<std::string, std::less<>> sensitive_variables;
};

/// A text and the directory that its relative paths start from (absolute).
struct Source {
  Source(std::string name, std::string text, std::filesystem::path directory_path)
      : file(std::make_unique<diagnostic::SourceFile>(std::move(name), std::move(text))),
        directory(std::move(directory_path)) {}

  std::unique_ptr<diagnostic::SourceFile> file;
  std::filesystem::path directory;
  /// The name of the include that it comes from; empty where it was named itself.
  std::string include = {};
};

}  // namespace manifest
