// A scratch host whose fluke meets one fault of the system.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/program.h"
#include "support/temporary_directory.h"

namespace faults {

/// As the interposer reads it.
struct Fault {
  std::string call;
  int index = 1;
  bool goes_on = false;
  /// An errno; 0 is a transfer of one byte.
  int error = 0;

  [[nodiscard]] std::string spelled() const;
};

/// One resource `deploy` in `app`, whose check looks for the file `done` and whose apply makes it,
/// and a script in the place of mise.
class Host {
 public:
  Host();

  [[nodiscard]] support::Ran fluke(const std::vector<std::string>& arguments,
                                   const std::map<std::string, std::string>& variables) const;

  /// The calls of a run without a fault, as lines of the interposer's log.
  [[nodiscard]] std::vector<std::string> log_of(const std::vector<std::string>& arguments) const;

  /// Runs git in the root directory, apart from the user's settings; its output. It succeeds.
  std::string git(std::vector<std::string> arguments) const;

  [[nodiscard]] const std::filesystem::path& root() const { return directory_.path(); }
  [[nodiscard]] bool exists(const std::filesystem::path& relative) const;
  [[nodiscard]] std::string read(const std::filesystem::path& relative) const;
  void write(const std::filesystem::path& relative, std::string_view text) const;

  /// Files that a write which did not come to its end left beside its target.
  [[nodiscard]] bool holds_half_written_files() const;

 private:
  support::TemporaryDirectory directory_;
};

}  // namespace faults
