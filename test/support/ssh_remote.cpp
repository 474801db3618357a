#include "support/ssh_remote.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "support/temporary_directory.h"

namespace support {
namespace {

namespace fs = std::filesystem;

constexpr const char* server_program = "/usr/sbin/sshd";
constexpr const char* client_program = "/usr/bin/ssh";
constexpr const char* key_program = "/usr/bin/ssh-keygen";
/// Where sshd confines itself when it runs as root; the system's own service makes it.
constexpr const char* empty_directory = "/run/sshd";

sockaddr_in loopback(int port) {
  return {.sin_family = AF_INET,
          .sin_port = htons(static_cast<std::uint16_t>(port)),
          .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

int free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound = bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(listener);
  if (!bound) {
    throw std::runtime_error("there is no free loopback port");
  }
  return ntohs(address.sin_port);
}

void wait_until_it_listens(int port) {
  for (int tries = 0; tries < 2000; ++tries) {
    const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected =
        connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(connection);
    if (connected) {
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  throw std::runtime_error("sshd does not listen");
}

}  // namespace

std::optional<std::string> SshRemote::missing() {
  for (const char* program : {server_program, client_program, key_program}) {
    if (access(program, X_OK) != 0) {
      return std::string("there is no ") + program + "; install openssh-server";
    }
  }
  if (geteuid() == 0 && access(empty_directory, F_OK) != 0 && mkdir(empty_directory, 0755) != 0) {
    return std::string("sshd needs ") + empty_directory;
  }
  return std::nullopt;
}

SshRemote::SshRemote(fs::path directory)
    : directory_(std::move(directory)), user_(getpwuid(geteuid())->pw_name), port_(free_port()) {
  fs::create_directories(client_directory());
  for (const char* name : {"host_key", "other_key", "client_key"}) {
    make_key(name);
  }
  write("authorized_keys", read_file(directory_ / "client_key.pub"));
  write("known_hosts", "");
  const std::string place = directory_.native() + '/';
  write("sshd_config", "ListenAddress 127.0.0.1\nPort " + std::to_string(port_) + "\nHostKey " +
                           place + "host_key\nAuthorizedKeysFile " + place +
                           "authorized_keys\nStrictModes no\nUsePAM no\nPidFile none\n"
                           "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                           "PermitRootLogin yes\n");
  write("ssh_config", "UserKnownHostsFile " + place +
                          "known_hosts\nGlobalKnownHostsFile /dev/null\nIdentityFile " + place +
                          "client_key\nIdentitiesOnly yes\nIdentityAgent none\n");
  write("bin/ssh",
        std::string("#!/bin/sh\nexec ") + client_program + " -F " + place + "ssh_config \"$@\"\n");
  fs::permissions(client_directory() / "ssh", fs::perms::owner_all);
  server_.emplace(Program{.arguments = {server_program, "-D", "-e", "-f", place + "sshd_config"},
                          .directory = directory_});
  wait_until_it_listens(port_);
}

std::string SshRemote::destination() const {
  return user_ + "@127.0.0.1:" + std::to_string(port_);
}

void SshRemote::make_known() const {
  make_known_as("host_key");
}

void SshRemote::make_known_with_another_key() const {
  make_known_as("other_key");
}

void SshRemote::forget_client_key() const {
  write("authorized_keys", "");
}

void SshRemote::make_key(const std::string& name) const {
  const Ran ran = run({.arguments = {key_program, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f",
                                     (directory_ / name).native()},
                       .directory = directory_});
  if (ran.status != 0) {
    throw std::runtime_error("ssh-keygen: " + ran.out + ran.err);
  }
}

void SshRemote::write(const fs::path& name, const std::string& text) const {
  std::ofstream(directory_ / name, std::ios::binary) << text;
}

void SshRemote::make_known_as(const std::string& key) const {
  write("known_hosts",
        "[127.0.0.1]:" + std::to_string(port_) + ' ' + read_file(directory_ / (key + ".pub")));
}

}  // namespace support
