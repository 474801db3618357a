#include "git/redaction.h"

#include <algorithm>
#include <optional>

#include "text/url.h"

namespace git {
namespace {

constexpr std::string_view scheme_end = "://";

/// A shorter password hides only where it stands in a url: masking each "a" of a message would
/// make it unreadable.
constexpr std::size_t shortest_password = 3;
/// A lone user name in a url may be a token, but a short one is more likely to be a plain word.
constexpr std::size_t shortest_token = 16;

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
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

void replace_all(std::string& text, std::string_view from) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + text::secret_mask.size())) {
    text.replace(at, from.size(), text::secret_mask);
  }
}

}  // namespace

void Redactor::add(std::string_view url) {
  const std::optional<text::UserInformation> found = text::find_user_information(url);
  if (!found) {
    return;
  }
  if (found->colon) {
    add_secret(url.substr(*found->colon + 1, found->at - *found->colon - 1), shortest_password);
  }
  if (found->user_is_secret) {
    const std::size_t user_end = found->colon.value_or(found->at);
    add_secret(url.substr(found->begin, user_end - found->begin), shortest_token);
  }
  std::stable_sort(secrets_.begin(), secrets_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

void Redactor::add_secret(std::string_view secret, std::size_t shortest) {
  if (secret == "x-oauth-basic") {
    return;
  }
  const std::string decoded = text::percent_decoded(secret);
  for (const std::string& form : {std::string(secret), decoded, percent_encoded(decoded)}) {
    if (form.size() >= shortest &&
        std::find(secrets_.begin(), secrets_.end(), form) == secrets_.end()) {
      secrets_.push_back(form);
    }
  }
}

std::string Redactor::operator()(std::string_view text) const {
  std::string known(text);
  for (const std::string& secret : secrets_) {
    replace_all(known, secret);
  }
  std::string out;
  std::string_view rest = known;
  while (!rest.empty()) {
    const std::size_t scheme = rest.find(scheme_end);
    const std::size_t end =
        scheme == std::string_view::npos
            ? rest.size()
            : std::min(rest.find_first_of(" \t\r\n'\"<>`", scheme), rest.size());
    out += text::redacted_url(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  return out;
}

}  // namespace git
