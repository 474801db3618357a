#include "manifest/passwords.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace manifest {
namespace {

/// Where the interpolation that opens at `begin` is over, or the end of `text`.
std::size_t skip_interpolation(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (std::size_t at = begin; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '{') {
      ++depth;
    } else if (text[at] == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return begin + 2;
}

bool opens_interpolation(std::string_view text, std::size_t at) {
  return text.substr(at).starts_with("${") && (at == 0 || text[at - 1] != '$');
}

/// What stands between "://" and the last "@" of a url: the first ":" in it, and its end.
struct Credentials {
  std::optional<std::size_t> colon;
  std::optional<std::size_t> at_sign;
};

Credentials find_credentials(std::string_view text, std::size_t begin) {
  Credentials found;
  std::size_t at = begin;
  while (at < text.size()) {
    if (opens_interpolation(text, at)) {
      at = skip_interpolation(text, at);
      continue;
    }
    const char c = text[at];
    if (c == '"' || c == ' ' || static_cast<unsigned char>(c) < ' ') {
      break;
    }
    if (c == ':' && !found.colon) {
      found.colon = at;
    } else if (c == '@') {
      found.at_sign = at;
    }
    ++at;
  }
  return found;
}

void star_out(std::string& text, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end) {
    if (opens_interpolation(text, at)) {
      at = skip_interpolation(text, at);
    } else {
      text[at++] = '*';
    }
  }
}

bool is_http(std::string_view before_colon) {
  return before_colon.ends_with("http") || before_colon.ends_with("https");
}

}  // namespace

std::string mask_passwords(std::string_view text) {
  constexpr std::string_view separator = "://";
  std::string masked(text);
  for (std::size_t found = text.find(separator); found != std::string_view::npos;
       found = text.find(separator, found + separator.size())) {
    const std::size_t begin = found + separator.size();
    const Credentials credentials = find_credentials(text, begin);
    if (!credentials.at_sign) {
      continue;
    }
    if (credentials.colon && *credentials.colon < *credentials.at_sign) {
      star_out(masked, *credentials.colon + 1, *credentials.at_sign);
    } else if (is_http(text.substr(0, found))) {
      star_out(masked, begin, *credentials.at_sign);
    }
  }
  return masked;
}

}  // namespace manifest
