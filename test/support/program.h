// Runs a program as a user would and keeps all that can be seen of it: both streams and how it
// ended.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace support {

/// What to run. The environment is complete: nothing is inherited.
struct Program {
  std::vector<std::string> arguments;
  std::filesystem::path directory;
  std::map<std::string, std::string> environment;
  std::string input;

  /// Descriptors that the program finds closed.
  std::vector<int> closed;

  /// A terminal that both output streams go to, if it is named.
  std::filesystem::path terminal;

  /// What single output streams go to instead, by their descriptors.
  std::map<int, std::filesystem::path> redirected;
};

/// Whether this machine lets a program make a terminal: a bare root directory has no /dev/pts.
[[nodiscard]] bool has_terminals();

struct Ran {
  /// The exit status; absent if a signal ended it.
  std::optional<int> status;
  std::optional<int> signal;
  std::string out;
  std::string err;
};

/// A program that runs until it is waited for.
class Running {
 public:
  explicit Running(const Program& program);
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  /// Kills what nobody waited for.
  ~Running();

  void send(int signal) const;

  /// What it has printed on standard error so far.
  [[nodiscard]] std::string err_so_far() const;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] Ran wait();

 private:
  std::filesystem::path scratch_;
  pid_t pid_ = -1;
};

[[nodiscard]] Ran run(const Program& program);

}  // namespace support
