#include "support/http_remote.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <stdexcept>

#include "support/program.h"

namespace support {
namespace {

struct Request {
  std::string method;
  std::string path;
  std::string query;
  /// By their names in small letters.
  std::map<std::string, std::string> headers;
  std::string body;

  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

std::string base64(const std::string& text) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    const unsigned bits = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
    for (unsigned k = 0; k < 4; ++k) {
      out += i + k > text.size() ? '=' : digits[bits >> (18U - 6U * k) & 63U];
    }
  }
  return out;
}

/// Reads until `text` holds `size` bytes; false if the other side went.
bool read_until(int connection, std::string& text, const std::function<bool()>& is_enough) {
  std::array<char, 4096> buffer = {};
  while (!is_enough()) {
    const ssize_t got = read(connection, buffer.data(), buffer.size());
    if (got <= 0) {
      return false;
    }
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return true;
}

std::optional<Request> read_request(int connection) {
  std::string text;
  const auto head_end = [&] { return text.find("\r\n\r\n"); };
  if (!read_until(connection, text, [&] { return head_end() != std::string::npos; })) {
    return std::nullopt;
  }
  Request request;
  const std::size_t body = head_end() + 4;
  const std::string head = text.substr(0, body - 2);
  std::size_t at = head.find("\r\n") + 2;
  const std::string target = head.substr(0, at);
  const std::size_t space = target.find(' ');
  request.method = target.substr(0, space);
  request.path = target.substr(space + 1, target.find(' ', space + 1) - space - 1);
  if (const std::size_t mark = request.path.find('?'); mark != std::string::npos) {
    request.query = request.path.substr(mark + 1);
    request.path.resize(mark);
  }
  for (std::size_t end = 0; (end = head.find("\r\n", at)) != std::string::npos; at = end + 2) {
    const std::size_t colon = head.find(':', at);
    std::string name = head.substr(at, colon - at);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    request.headers[name] = head.substr(colon + 2, end - colon - 2);
  }
  const std::string length = request.header("content-length");
  const std::size_t size = length.empty() ? 0 : std::stoul(length);
  if (!read_until(connection, text, [&] { return text.size() >= body + size; })) {
    return std::nullopt;
  }
  request.body = text.substr(body, size);
  return request;
}

/// What the backend answers: headers, an empty line and the body.
std::string run_backend(const Request& request, const std::filesystem::path& root) {
  return run({.arguments = {"/usr/bin/env", "git", "http-backend"},
              .directory = root,
              .environment = {{"PATH", std::getenv("PATH")},
                              {"GIT_PROJECT_ROOT", root.native()},
                              {"GIT_HTTP_EXPORT_ALL", "1"},
                              {"GIT_CONFIG_NOSYSTEM", "1"},
                              {"PATH_INFO", request.path},
                              {"QUERY_STRING", request.query},
                              {"REQUEST_METHOD", request.method},
                              {"CONTENT_TYPE", request.header("content-type")},
                              {"CONTENT_LENGTH", std::to_string(request.body.size())},
                              {"HTTP_CONTENT_ENCODING", request.header("content-encoding")},
                              {"GIT_PROTOCOL", request.header("git-protocol")}},
              .input = request.body})
      .out;
}

void send_all(int connection, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

HttpRemote::HttpRemote(std::filesystem::path root)
    : root_(std::move(root)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, 16) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("cannot listen on a loopback port");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

HttpRemote::~HttpRemote() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

void HttpRemote::serve() {
  while (!stopping_) {
    const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection >= 0) {
      answer(connection);
      close(connection);
    }
  }
}

void HttpRemote::answer(int connection) {
  const std::optional<Request> request = read_request(connection);
  if (!request) {
    return;
  }
  if (on_request) {
    on_request(request->path);
  }
  if (mute) {
    hold(connection);
    return;
  }
  if (!credentials.empty() && request->header("authorization") != "Basic " + base64(credentials)) {
    send_all(connection,
             "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"test\"\r\n"
             "Content-Length: 0\r\nConnection: close\r\n\r\n");
    return;
  }
  const std::string text = run_backend(*request, root_);
  const std::size_t body = text.find("\r\n\r\n") + 4;
  const std::string head = text.substr(0, body);
  const std::string status =
      head.starts_with("Status: ") ? head.substr(8, head.find("\r\n") - 8) : "200 OK";
  send_all(connection, "HTTP/1.1 " + status + "\r\nContent-Length: " +
                           std::to_string(text.size() - body) + "\r\nConnection: close\r\n" + head);
  send_all(connection, std::string_view(text).substr(body, stall_after));
  if (text.size() - body > stall_after) {
    hold(connection);
  }
}

/// Until the other side goes.
void HttpRemote::hold(int connection) const {
  pollfd descriptor{.fd = connection, .events = POLLRDHUP, .revents = 0};
  while (!stopping_ && poll(&descriptor, 1, 50) == 0) {
  }
}

}  // namespace support
