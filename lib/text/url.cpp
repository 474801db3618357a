#include "text/url.h"

#include <algorithm>

namespace text {
namespace {

constexpr std::string_view scheme_end = "://";

/// Whether the part of an authority behind its first colon cannot be a port: then it is the
/// beginning of a password that holds an unescaped slash.
bool holds_broken_password(std::string_view authority) {
  const std::size_t colon = authority.find(':');
  return !authority.starts_with('[') && colon != std::string_view::npos &&
         authority.find_first_not_of("0123456789", colon + 1) != std::string_view::npos;
}

std::size_t find_at(std::string_view url, std::size_t begin) {
  const std::string_view rest = url.substr(begin);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos && holds_broken_password(authority)) {
    at = rest.rfind('@');
  }
  return at == std::string_view::npos ? at : begin + at;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

int hex_value(char digit) {
  const std::string_view digits = "0123456789abcdef0123456789ABCDEF";
  const std::size_t at = digits.find(digit);
  return at == std::string_view::npos ? -1 : static_cast<int>(at % 16);
}

}  // namespace

std::optional<UserInformation> find_user_information(std::string_view url) {
  const std::size_t scheme = url.find(scheme_end);
  if (scheme == std::string_view::npos) {
    return std::nullopt;
  }
  UserInformation found{.begin = scheme + scheme_end.size()};
  found.at = find_at(url, found.begin);
  if (found.at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view text = url.substr(found.begin, found.at - found.begin);
  std::string_view password;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    found.colon = found.begin + colon;
    password = text.substr(colon + 1);
  }
  const std::string_view before = url.substr(0, scheme);
  found.http = before.ends_with("http") || before.ends_with("https");
  // GitHub takes a token as the user name, with this word or nothing for a password.
  found.user_is_secret = found.http && (password.empty() || password == "x-oauth-basic");
  return found;
}

std::string mask_url(std::string_view url) {
  const std::optional<UserInformation> found = find_user_information(url);
  if (!found || (!found->colon && !found->user_is_secret)) {
    return std::string(url);
  }
  std::string out(url.substr(0, found->begin));
  const std::size_t user_end = found->colon.value_or(found->at);
  out += found->user_is_secret && user_end > found->begin
             ? secret_mask
             : url.substr(found->begin, user_end - found->begin);
  if (found->colon) {
    out += ':';
    out += secret_mask;
  }
  out += url.substr(found->at);
  return out;
}

std::string mask_urls(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t scheme = text.find(scheme_end);
    const std::size_t end =
        scheme == std::string_view::npos
            ? text.size()
            : std::min(text.find_first_of(" \t\r\n'\"<>`", scheme), text.size());
    out += mask_url(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

SplitUrl split_url(std::string_view url) {
  const std::optional<UserInformation> found = find_user_information(url);
  if (!found || (!found->http && !found->colon)) {
    return {.bare = std::string(url)};
  }
  SplitUrl split{.bare = std::string(url.substr(0, found->begin))};
  const std::size_t user_end = found->colon.value_or(found->at);
  const std::string user(url.substr(found->begin, user_end - found->begin));
  if (found->http) {
    split.bare += url.substr(found->at + 1);
  } else {
    split.bare += user;
    split.bare += url.substr(found->at);
  }
  split.user = user;
  if (found->colon) {
    split.password = url.substr(*found->colon + 1, found->at - *found->colon - 1);
  }
  return split;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += '%';
      out += digits[byte / 16];
      out += digits[byte % 16];
    }
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace text
