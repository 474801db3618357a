#include <fmt/format.h>

#include <string>
#include <vector>

#include "executor/mise/client.h"
#include "text/quote.h"

namespace mise {
namespace {

/// Where mise's installers put it.
std::vector<std::string> usual_directories(const process::Environment& environment) {
  std::vector<std::string> directories;
  if (const std::optional<std::string_view> home = environment.get("HOME");
      home && !home->empty()) {
    for (const char* below : {"/.local/bin", "/.local/share/mise/bin", "/.cargo/bin"}) {
      directories.push_back(std::string(*home) + below);
    }
  }
  directories.insert(directories.end(), {"/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin",
                                         "/home/linuxbrew/.linuxbrew/bin", "/snap/bin"});
  return directories;
}

}  // namespace

std::optional<std::filesystem::path> find_mise(const process::Environment& environment,
                                               process::PassedOver* passed_over) {
  return process::find_program("mise", environment, usual_directories(environment), passed_over);
}

std::string describe_not_found(const process::Environment& environment) {
  const std::optional<std::string_view> path = environment.get("PATH");
  const bool has_home = !environment.get("HOME").value_or("").empty();
  return fmt::format(
      "not found; looked on PATH ({}) and in {}{}; install it, or name it with --mise",
      path ? text::quoted(*path) : "not set",
      text::neutralised(fmt::format("{}", fmt::join(usual_directories(environment), ", "))),
      has_home ? "" : ", but in no home directory, as HOME is not set");
}

}  // namespace mise
