// Checks and applies with two mise tasks.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "manifest/manifest.h"
#include "mise/mise.h"
#include "reconcile/executor.h"
#include "reconcile/failure.h"

namespace reconcile {

/// The tasks of each directory, asked for once as long as nothing has changed: resources may share
/// a directory.
class TaskLists {
 public:
  explicit TaskLists(mise::Client client) : client_(std::move(client)) {}

  [[nodiscard]] const mise::Client& client() const { return client_; }

  /// The list stays valid until the next call of forget().
  [[nodiscard]] tl::expected<const mise::TaskList*, mise::Error> of(
      const std::filesystem::path& directory, std::optional<std::chrono::milliseconds> deadline);

  /// The file that defines what `name` stands for in `directory`; nothing if there is no such task.
  [[nodiscard]] tl::expected<std::optional<std::string>, Failure> find_source(
      const std::filesystem::path& directory, const std::string& name,
      std::optional<std::chrono::milliseconds> deadline);

  /// Forgets all directories: tasks are inherited from the directories above and from the user's
  /// configuration, and an apply can change any of them.
  void forget() { lists_.clear(); }

 private:
  mise::Client client_;
  std::map<std::filesystem::path, mise::TaskList> lists_;
};

/// What the failure of a question to mise means for a resource.
[[nodiscard]] Failure failure_of(const mise::Error& error);

class MiseExecutor : public Executor {
 public:
  /// `lists` and `resource` outlive the executor. Each command has `deadline`.
  MiseExecutor(TaskLists& lists, const manifest::Resource& resource,
               std::optional<std::chrono::milliseconds> deadline)
      : lists_(lists), resource_(resource), deadline_(deadline) {}

  void files_changed() override { lists_.forget(); }
  [[nodiscard]] tl::expected<void, Failure> prepare() override;
  [[nodiscard]] Ran check(const process::LineSink& on_line) override;
  [[nodiscard]] Ran apply(const process::LineSink& on_line) override;

 private:
  [[nodiscard]] Ran run(const std::string& task, const std::string& source,
                        const process::LineSink& on_line) const;

  TaskLists& lists_;
  const manifest::Resource& resource_;
  std::optional<std::chrono::milliseconds> deadline_;
  std::string check_source_;
  std::string apply_source_;
};

}  // namespace reconcile
