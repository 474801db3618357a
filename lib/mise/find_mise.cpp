#include <string>
#include <vector>

#include "mise/mise.h"

namespace mise {

std::optional<std::filesystem::path> find_mise(const process::Environment& environment) {
  std::vector<std::string> directories;
  if (const std::optional<std::string_view> home = environment.get("HOME");
      home && !home->empty()) {
    for (const char* below : {"/.local/bin", "/.local/share/mise/bin", "/.cargo/bin"}) {
      directories.push_back(std::string(*home) + below);
    }
  }
  directories.insert(directories.end(), {"/usr/local/bin", "/usr/bin", "/bin", "/opt/homebrew/bin",
                                         "/home/linuxbrew/.linuxbrew/bin", "/snap/bin"});
  return process::find_program("mise", environment, directories);
}

}  // namespace mise
