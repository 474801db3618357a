// A server on a loopback port for what a task sends: each connection is handed to a function.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace e2e {

class LoopbackServer {
 public:
  /// Speaks with one client until it is done; what it returns is kept.
  using Serve = std::function<std::string(int connection)>;

  explicit LoopbackServer(Serve serve);
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer();

  /// "127.0.0.1:PORT".
  [[nodiscard]] std::string place() const { return "127.0.0.1:" + std::to_string(port_); }

  /// What has been received so far, one for each client.
  [[nodiscard]] std::vector<std::string> received();

 private:
  Serve serve_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> received_;
  std::thread thread_;
};

/// Takes one request over HTTP, answers with `status` ("204 No Content") and gives its body.
[[nodiscard]] LoopbackServer::Serve http_server(std::string status);

/// Takes one mail over SMTP: what the client said, and the mail.
[[nodiscard]] LoopbackServer::Serve smtp_server();

}  // namespace e2e
