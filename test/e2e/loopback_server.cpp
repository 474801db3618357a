#include "e2e/loopback_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace e2e {
namespace {

/// One line without its end, or what came before the client went.
std::string read_line(int connection) {
  std::string line;
  for (char c = 0; ::read(connection, &c, 1) == 1 && c != '\n';) {
    line += c;
  }
  if (line.ends_with('\r')) {
    line.pop_back();
  }
  return line;
}

void say(int connection, std::string_view line) {
  const std::string text = std::string(line) + "\r\n";
  if (::send(connection, text.data(), text.size(), MSG_NOSIGNAL) < 0) {
    return;
  }
}

}  // namespace

LoopbackServer::LoopbackServer(Serve serve)
    : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 8) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no loopback port");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] {
    for (int connection = -1; (connection = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      std::string got = serve_(connection);
      const std::lock_guard lock(mutex_);
      received_.push_back(std::move(got));
      ::close(connection);
    }
  });
}

LoopbackServer::~LoopbackServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

std::vector<std::string> LoopbackServer::received() {
  const std::lock_guard lock(mutex_);
  return received_;
}

LoopbackServer::Serve http_server(std::string status) {
  return [status = std::move(status)](int connection) {
    std::size_t size = 0;
    constexpr std::string_view length = "Content-Length: ";
    for (std::string line; !(line = read_line(connection)).empty();) {
      if (line.starts_with(length)) {
        size = std::stoul(line.substr(length.size()));
      }
    }
    std::string body(size, '\0');
    for (std::size_t got = 0; got < size;) {
      const ssize_t more = ::read(connection, body.data() + got, size - got);
      if (more <= 0) {
        break;
      }
      got += static_cast<std::size_t>(more);
    }
    say(connection, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n");
    return body;
  };
}

LoopbackServer::Serve smtp_server() {
  return [](int connection) {
    std::string heard;
    say(connection, "220 test");
    for (std::string line; !(line = read_line(connection)).empty();) {
      heard += line + "\n";
      if (line == "QUIT") {
        say(connection, "221 bye");
        break;
      }
      say(connection, line == "DATA" ? "354 go on" : "250 ok");
      if (line == "DATA") {
        while ((line = read_line(connection)) != ".") {
          heard += line + "\n";
        }
        say(connection, "250 taken");
      }
    }
    return heard;
  };
}

}  // namespace e2e
