#include "git/refusals.h"

#include <fmt/format.h>

#include <algorithm>

#include "git/error.h"
#include "text/quote.h"
#include "text/url.h"

namespace git {
namespace {

/// What ssh connects to: "ssh://user@host:port/path" or "user@host:path".
struct SshPlace {
  std::string destination;
  std::string host;
  std::string port;
};

SshPlace ssh_place(std::string_view url) {
  const std::size_t scheme = url.find("://");
  SshPlace place;
  if (scheme == std::string_view::npos) {
    place.destination = url.substr(0, url.find(':'));
  } else {
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find('/'));
    const std::size_t colon = url.rfind(':');
    if (colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos) {
      place.port = url.substr(colon + 1);
      url = url.substr(0, colon);
    }
    place.destination = url;
  }
  place.host = place.destination.substr(place.destination.rfind('@') + 1);
  return place;
}

std::string port_option(const SshPlace& place) {
  return place.port.empty() ? "" : fmt::format("-p {} ", shell_word(place.port));
}

/// As known_hosts names it.
std::string known_name(const SshPlace& place) {
  return place.port.empty() ? place.host : fmt::format("[{}]:{}", place.host, place.port);
}

}  // namespace

std::optional<std::string> explain_refusal(std::string_view url, std::string_view messages) {
  const text::SplitUrl split = text::split_url(url);
  const std::string name = text::quoted(text::mask_url(url));
  const SshPlace ssh = ssh_place(split.bare);
  const auto says = [&](std::string_view words) {
    return messages.find(words) != std::string_view::npos;
  };
  if (says("Authentication failed for")) {
    return fmt::format("{} refuses the user name and password{}", name,
                       split.password ? " of the manifest's url" : "");
  }
  if (says("could not read Username") || says("could not read Password")) {
    return fmt::format(
        "{} wants a user name and password; put them into the url, or into a credential helper of "
        "git",
        name);
  }
  if (says("REMOTE HOST IDENTIFICATION HAS CHANGED")) {
    return fmt::format(
        "the host key of {} is not the one that this user knows; if that is right, forget the "
        "old one with: ssh-keygen -R {}",
        text::quoted(ssh.host), shell_word(known_name(ssh)));
  }
  if (says("Host key verification failed")) {
    return fmt::format(
        "the host key of {} is not known to this user; compare its fingerprint and accept it with: "
        "ssh {}{}",
        text::quoted(ssh.host), port_option(ssh), shell_word(ssh.destination));
  }
  if (says("Permission denied (")) {
    return fmt::format("{} refuses every ssh key of this user; see why with: ssh -v {}{}", name,
                       port_option(ssh), shell_word(ssh.destination));
  }
  return std::nullopt;
}

}  // namespace git
