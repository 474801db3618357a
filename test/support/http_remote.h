// A small web server on a loopback port in front of `git http-backend`: what fluke does over http
// is tried against the real thing.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

namespace support {

class HttpRemote {
 public:
  /// Serves the bare repositories below `root`, one request after the other.
  explicit HttpRemote(std::filesystem::path root);
  HttpRemote(const HttpRemote&) = delete;
  HttpRemote& operator=(const HttpRemote&) = delete;
  ~HttpRemote();

  /// "127.0.0.1:PORT".
  [[nodiscard]] std::string place() const { return "127.0.0.1:" + std::to_string(port_); }

  // To be set before the first request:

  /// "user:password" that a request must come with; empty: none.
  std::string credentials;
  /// Called in the middle of each request, with its path.
  std::function<void(const std::string& path)> on_request;
  /// How many bytes of the body of an answer are sent before it stops for good.
  std::size_t stall_after = std::string::npos;
  /// Accepts, reads and never answers.
  bool mute = false;

 private:
  void serve();
  void answer(int connection);
  void hold(int connection) const;

  std::filesystem::path root_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace support
