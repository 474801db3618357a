// Checks and applies with two mise tasks.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <tuple>
#include <utility>
#include <vector>

#include "executor/mise/client.h"
#include "executor/mise/settings.h"
#include "reconcile/executor.h"

namespace mise {

/// Where and how mise works for `resource`, whose tasks are told `about` what they are for.
[[nodiscard]] Place place_of(const manifest::Resource& resource, reconcile::TaskVariables about);

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
/// directory. What the tasks of the first one are told about what they are for does for all.
class TaskLists {
 public:
  /// `world` outlives it; it has a mise.
  TaskLists(const reconcile::World& world, Purpose purpose);

  [[nodiscard]] const Client& client() const { return client_; }

  /// The list stays valid until the next call of forget().
  [[nodiscard]] tl::expected<const TaskList*, Error> of(
      const Place& place, std::optional<std::chrono::milliseconds> deadline);

  /// The file that defines what `name` stands for, empty where only mise knows it; nothing if there
  /// is no such task.
  [[nodiscard]] tl::expected<std::optional<std::string>, reconcile::Failure> find_source(
      const Place& place, const std::string& name,
      std::optional<std::chrono::milliseconds> deadline);

  /// Forgets all places: tasks are inherited from the directories above and from the user's
  /// configuration, and an apply can change any of them.
  void forget() { lists_.clear(); }

 private:
  using Key = std::tuple<std::filesystem::path, std::vector<std::pair<std::string, std::string>>,
                         std::vector<std::filesystem::path>, std::vector<std::string>>;

  [[nodiscard]] static Key key_of(const Place& place);

  Client client_;
  Purpose purpose_;
  std::map<Key, tl::expected<TaskList, Error>> lists_;
};

class Executor : public reconcile::Executor {
 public:
  /// `lists` and `resource` outlive the executor. Each command has `deadline`.
  Executor(TaskLists& lists, const manifest::Resource& resource,
           std::optional<std::chrono::milliseconds> deadline)
      : lists_(lists), resource_(resource), settings_(settings_of(resource)), deadline_(deadline) {}

  void files_changed() override { lists_.forget(); }
  [[nodiscard]] tl::expected<void, reconcile::Failure> prepare() override;
  [[nodiscard]] Ran check(const process::LineSink& on_line) override;
  [[nodiscard]] tl::expected<void, reconcile::Failure> confirm(
      const reconcile::TaskRecord& check) override;
  [[nodiscard]] Ran apply(const process::LineSink& on_line) override;

  /// Where its commands run, once it is prepared.
  [[nodiscard]] Place place() const;

 private:
  [[nodiscard]] Ran run(const std::string& task, const std::string& source,
                        const process::LineSink& on_line) const;

  TaskLists& lists_;
  const manifest::Resource& resource_;
  const Settings& settings_;
  std::optional<std::chrono::milliseconds> deadline_;
  /// Once prepared; what the tasks are told about what they are for comes with each command.
  Place place_;
  std::string check_source_;
  std::string apply_source_;
};

class Factory : public reconcile::ExecutorFactory {
 public:
  /// `world` outlives it; it has a mise.
  explicit Factory(const reconcile::World& world) : lists_(world, Purpose::run) {}

  [[nodiscard]] std::unique_ptr<reconcile::Executor> make(
      const manifest::Resource& resource,
      std::optional<std::chrono::milliseconds> deadline) override {
    return std::make_unique<Executor>(lists_, resource, deadline);
  }

 private:
  TaskLists lists_;
};

}  // namespace mise
