// Checks and applies with two mise tasks.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <tuple>
#include <utility>
#include <vector>

#include "executor/mise/client.h"
#include "manifest/manifest.h"
#include "reconcile/engine.h"
#include "reconcile/executor.h"
#include "reconcile/failure.h"

namespace reconcile {

/// Where and how mise works for `resource`: the same for each question and each run.
[[nodiscard]] mise::Place place_of(const manifest::Resource& resource);

/// What tasks are asked about for.
enum class Purpose {
  /// They will run. root runs only what nobody else can change, unless the manifest says otherwise;
  /// for anybody else mise decides, as by hand.
  run,
  /// To say whether they would run. Only what nobody else can change is executed at all, and no
  /// tools are installed.
  advice,
};

/// The tasks of each place, asked for once as long as nothing has changed: resources may share a
/// directory.
class TaskLists {
 public:
  /// `world` outlives it; it has a mise.
  TaskLists(World& world, Purpose purpose);

  [[nodiscard]] const mise::Client& client() const { return client_; }

  /// The list stays valid until the next call of forget().
  [[nodiscard]] tl::expected<const mise::TaskList*, mise::Error> of(
      const manifest::Resource& resource, std::optional<std::chrono::milliseconds> deadline);

  /// The file that defines what `name` stands for, empty where only mise knows it; nothing if there
  /// is no such task.
  [[nodiscard]] tl::expected<std::optional<std::string>, Failure> find_source(
      const manifest::Resource& resource, const std::string& name,
      std::optional<std::chrono::milliseconds> deadline);

  /// Forgets all places: tasks are inherited from the directories above and from the user's
  /// configuration, and an apply can change any of them.
  void forget() { lists_.clear(); }

 private:
  using Key = std::tuple<std::filesystem::path, std::vector<std::pair<std::string, std::string>>,
                         std::vector<std::filesystem::path>>;

  mise::Client client_;
  Purpose purpose_;
  std::map<Key, tl::expected<mise::TaskList, mise::Error>> lists_;
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
  [[nodiscard]] tl::expected<void, Failure> confirm(const TaskRecord& check) override;
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
