#include "text/secrets.h"

#include <algorithm>
#include <optional>

#include "text/url.h"

namespace text {
namespace {

/// The user name of a url is a secret only if it has this many characters or more.
constexpr std::size_t shortest_token = 16;

/// How many bytes `text` begins with that `secret` ends with, but not all of it.
std::size_t rest_at_begin(std::string_view text, std::string_view secret) {
  std::size_t size = std::min(text.size(), secret.size() - 1);
  while (!text.starts_with(secret.substr(secret.size() - size))) {
    --size;
  }
  return size;
}

/// How many bytes `text` ends with that `secret` begins with, but not all of it.
std::size_t start_at_end(std::string_view text, std::string_view secret) {
  std::size_t size = std::min(text.size(), secret.size() - 1);
  while (!text.ends_with(secret.substr(0, size))) {
    --size;
  }
  return size;
}

/// Masks the beginnings of `secrets` in `text` that an ellipsis follows: programs cut what they
/// show to the width of a line.
void mask_before_ellipses(std::string& text, const std::vector<std::string>& secrets) {
  for (const std::string_view ellipsis : {"…", "..."}) {
    for (std::size_t at = 0; (at = text.find(ellipsis, at)) != std::string::npos;) {
      std::size_t size = 0;
      for (const std::string& secret : secrets) {
        size = std::max(size, start_at_end(std::string_view(text).substr(0, at), secret));
      }
      if (size >= shortest_secret) {
        text.replace(at - size, size, secret_mask);
        at = at - size + secret_mask.size();
      }
      at += ellipsis.size();
    }
  }
}

}  // namespace

void Secrets::add(std::string_view secret) {
  while (!secret.empty()) {
    const std::size_t end = std::min(secret.find_first_of("\r\n"), secret.size());
    const std::string_view line = secret.substr(0, end);
    const bool is_known = std::find(secrets_.begin(), secrets_.end(), line) != secrets_.end();
    if (line.size() >= shortest_secret && !is_known) {
      const auto place =
          std::find_if(secrets_.begin(), secrets_.end(),
                       [&](const std::string& other) { return other.size() < line.size(); });
      secrets_.emplace(place, line);
    }
    secret.remove_prefix(std::min(end + 1, secret.size()));
  }
}

void Secrets::add_url(std::string_view url) {
  const std::optional<UserInformation> found = find_user_information(url);
  if (!found) {
    return;
  }
  const auto add_forms = [this](std::string_view secret, std::size_t shortest) {
    const std::string decoded = percent_decoded(secret);
    for (const std::string& form : {std::string(secret), decoded, percent_encoded(decoded)}) {
      if (form.size() >= shortest && secret != "x-oauth-basic") {
        add(form);
      }
    }
  };
  if (found->colon) {
    add_forms(url.substr(*found->colon + 1, found->at - *found->colon - 1), shortest_secret);
  }
  if (found->user_is_secret) {
    const std::size_t user_end = found->colon.value_or(found->at);
    add_forms(url.substr(found->begin, user_end - found->begin), shortest_token);
  }
}

std::string Secrets::mask(std::string_view text, Cut cut) const {
  std::string out(text);
  for (const std::string& secret : secrets_) {
    for (std::size_t at = out.find(secret); at != std::string::npos;
         at = out.find(secret, at + secret_mask.size())) {
      out.replace(at, secret.size(), secret_mask);
    }
  }
  mask_before_ellipses(out, secrets_);
  std::size_t rest = 0;
  std::size_t start = 0;
  for (const std::string& secret : secrets_) {
    rest = cut.begin ? std::max(rest, rest_at_begin(out, secret)) : 0;
    start = cut.end ? std::max(start, start_at_end(out, secret)) : 0;
  }
  if (start > 0) {
    out.replace(out.size() - start, start, secret_mask);
  }
  if (rest > 0) {
    out.replace(0, rest, secret_mask);
  }
  return out;
}

}  // namespace text
