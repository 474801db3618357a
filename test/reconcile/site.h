// A manifest's worth of resources and a mise that is never started: what the tests of the walk over
// resources start from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reconcile/engine.h"
#include "reconcile/harness.h"
#include "reconcile/mise_runner.h"
#include "support/temporary_directory.h"

namespace reconcile::testing {

/// A few resources, each in a directory of its own name, and a mise that is never started.
struct Site {
  explicit Site(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      std::filesystem::create_directory(directory.path() / name);
      resources.push_back(resource(name, directory.path() / name));
    }
  }

  RunOutcome run() {
    std::vector<const manifest::Resource*> pointers;
    for (const manifest::Resource& resource : resources) {
      pointers.push_back(&resource);
    }
    World world{
        .runner = runner, .cancellation = signals.cancellation(), .environment = environment};
    for (const auto& [name, path] : {std::pair("git", git), std::pair("mise", mise)}) {
      if (path) {
        world.programs.emplace(name, *path);
      }
    }
    return reconcile(pointers, options, world, observer);
  }

  /// Makes the check of one resource end like this.
  void let_check_end(const std::string& name, process::Ending ending) {
    runner.on_run = [name, ending](const std::string& where, const std::string& task) {
      return where == name && task == "check" ? ending : process::Exited{.code = 0};
    };
  }

  support::TemporaryDirectory directory;
  std::vector<manifest::Resource> resources;
  MiseRunner runner;
  Signals signals;
  RecordingObserver observer;
  process::Environment environment;
  std::optional<std::filesystem::path> git;
  std::optional<std::filesystem::path> mise = "/opt/mise";
  Options options;
};

}  // namespace reconcile::testing
