// A real sshd on a loopback port, with keys made for the test, and an ssh that knows no other
// configuration than the test's.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "support/program.h"

namespace support {

class SshRemote {
 public:
  /// Why there can be none on this host, if so.
  [[nodiscard]] static std::optional<std::string> missing();

  /// Keeps its files in `directory`, which it makes.
  explicit SshRemote(std::filesystem::path directory);

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const std::string& user() const { return user_; }
  /// "USER@127.0.0.1:PORT".
  [[nodiscard]] std::string destination() const;
  /// Holds the program `ssh`; to be put in front of PATH.
  [[nodiscard]] std::filesystem::path client_directory() const { return directory_ / "bin"; }

  /// The client knows the server's key from now on, or takes another for it.
  void make_known() const;
  void make_known_with_another_key() const;
  /// The server does not take the client's key any more.
  void forget_client_key() const;

 private:
  void make_key(const std::string& name) const;
  void write(const std::filesystem::path& name, const std::string& text) const;
  void make_known_as(const std::string& key) const;

  std::filesystem::path directory_;
  std::string user_;
  int port_;
  std::optional<Running> server_;
};

}  // namespace support
