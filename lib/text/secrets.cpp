#include "text/secrets.h"

#include <algorithm>

#include "text/url.h"

namespace text {

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

std::string Secrets::masked(std::string_view text) const {
  std::string out(text);
  for (const std::string& secret : secrets_) {
    for (std::size_t at = out.find(secret); at != std::string::npos;
         at = out.find(secret, at + secret_mask.size())) {
      out.replace(at, secret.size(), secret_mask);
    }
  }
  return out;
}

}  // namespace text
