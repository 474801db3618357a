#include "git/url.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/url.h"

namespace git {
namespace {

constexpr std::string_view separator = "://";

void drop_slashes(std::string& url) {
  while (url.size() > 1 && url.ends_with('/')) {
    url.pop_back();
  }
}

/// A path, as opposed to scheme://…, helper::… and host:path.
bool is_path(std::string_view url) {
  const std::size_t colon = url.find(':');
  return colon == std::string_view::npos || url.find('/') < colon;
}

std::string lowercase(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return out;
}

/// The port that a scheme has by itself, as a url writes it.
std::string_view own_port(std::string_view scheme) {
  return scheme == "https" ? ":443" : scheme == "http" ? ":80" : scheme == "ssh" ? ":22" : "";
}

/// "scheme://host/path", both in small letters, without the scheme's own port.
std::string with_plain_host(std::string_view url) {
  const std::size_t scheme_end = url.find(separator);
  const std::string scheme = lowercase(url.substr(0, scheme_end));
  url.remove_prefix(scheme_end + separator.size());
  const std::string_view authority = url.substr(0, url.find('/'));
  const std::size_t host = authority.rfind('@') + 1;
  std::string out =
      scheme + "://" + std::string(authority.substr(0, host)) + lowercase(authority.substr(host));
  if (const std::string_view port = own_port(scheme); !port.empty() && out.ends_with(port)) {
    out.resize(out.size() - port.size());
  }
  return out + std::string(url.substr(authority.size()));
}

/// "host:/path" as ssh takes it; a path relative to the home there has no other form.
std::string with_scheme(std::string_view url) {
  const std::size_t colon = url.find(':');
  return url.substr(colon).starts_with(":/")
             ? "ssh://" + std::string(url.substr(0, colon)) + std::string(url.substr(colon + 1))
             : std::string(url);
}

std::string normalised(const std::string& url, const std::filesystem::path& directory) {
  constexpr std::string_view file = "file:///";
  std::string out = text::split_url(url).bare;
  if (lowercase(out.substr(0, file.size())) == file) {
    out.erase(0, file.size() - 1);
  }
  if (is_path(out)) {
    out = (directory / out).lexically_normal().native();
  } else {
    out = out.find(separator) == std::string::npos ? with_scheme(out) : out;
    out = out.find(separator) == std::string::npos ? out : with_plain_host(out);
  }
  drop_slashes(out);
  if (out.ends_with(".git")) {
    out.resize(out.size() - 4);
    drop_slashes(out);
  }
  return out;
}

/// In small letters; empty where there is none.
std::string scheme_of(std::string_view url) {
  const std::size_t end = url.find(separator);
  return end == std::string_view::npos ? "" : lowercase(url.substr(0, end));
}

}  // namespace

bool may_use_ssh(std::string_view url) {
  constexpr std::string_view others[] = {"file", "http", "https", "git"};
  return !is_path(url) && std::ranges::find(others, scheme_of(url)) == std::end(others);
}

std::string with_absolute_path(const std::string& url, const std::filesystem::path& directory) {
  return is_path(url) ? (directory / url).lexically_normal().native() : url;
}

bool same_url(std::string_view a, std::string_view b, const std::filesystem::path& directory) {
  return normalised(std::string(a), directory) == normalised(std::string(b), directory);
}

}  // namespace git
