// Checks and applies with two commands, each handed to a shell.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "executor/shell/settings.h"
#include "executor/shell/user.h"
#include "process/environment.h"
#include "reconcile/executor.h"

namespace shell {

/// How commands of a resource are started on this host.
struct Launcher {
  /// The shell, or what becomes another user first.
  std::filesystem::path program;
  /// Before "-c" and the command: empty where `program` is the shell, which else is the last.
  std::vector<std::string> arguments;
  /// Without what the manifest adds, and what tells them what they are run for.
  process::Environment environment;
  std::filesystem::path working_dir;
  /// It is the home of another user, which fluke may not be able to enter: the shell goes there.
  bool goes_home = false;
};

/// Why a launcher cannot be made, and which attribute says so.
struct Obstacle {
  enum class Attribute { run_as, shell };
  Attribute attribute = Attribute::shell;
  reconcile::Failure failure;
};

/// Makes the launcher for `resource`; nothing that the resource names is started.
[[nodiscard]] tl::expected<Launcher, Obstacle> make_launcher(const manifest::Resource& resource,
                                                             const reconcile::World& world);

class Executor : public reconcile::Executor {
 public:
  /// Both outlive it. Each command has `deadline`.
  Executor(const reconcile::World& world, const manifest::Resource& resource,
           std::optional<std::chrono::milliseconds> deadline)
      : world_(world), resource_(resource), settings_(settings_of(resource)), deadline_(deadline) {}

  void files_changed() override {}
  [[nodiscard]] tl::expected<void, reconcile::Failure> prepare() override;
  [[nodiscard]] Ran check(const process::LineSink& on_line) override;
  [[nodiscard]] tl::expected<void, reconcile::Failure> confirm(
      const reconcile::TaskRecord& check) override;
  [[nodiscard]] Ran apply(const process::LineSink& on_line) override;

 private:
  [[nodiscard]] process::Result start(std::vector<std::string> arguments,
                                      const process::LineSink& on_line) const;
  [[nodiscard]] Ran run(const char* name, const std::string& command,
                        const process::LineSink& on_line) const;

  const reconcile::World& world_;
  const manifest::Resource& resource_;
  const Settings& settings_;
  std::optional<std::chrono::milliseconds> deadline_;
  /// Once prepared.
  Launcher launcher_;
};

}  // namespace shell
