#include "git/credentials.h"

#include <string>

#include "text/url.h"

namespace git {
namespace {

constexpr std::string_view user_variable = "FLUKE_GIT_USER";
constexpr std::string_view password_variable = "FLUKE_GIT_PASSWORD";

/// A shell runs it, whose printf is its own: no argument of any process holds the password.
constexpr std::string_view helper =
    R"(!printf 'username=%s\npassword=%s\n' "$FLUKE_GIT_USER" "$FLUKE_GIT_PASSWORD"; :)";

/// "https://host:port".
std::string_view place_of(std::string_view url) {
  const std::size_t authority = url.find("://") + 3;
  return url.substr(0, url.find_first_of("/?#", authority));
}

}  // namespace

Repository with_credentials(const Repository& repository, std::string_view url,
                            std::string_view fallback) {
  text::SplitUrl split = text::split_url(url);
  if (!split.user) {
    split = text::split_url(fallback);
  }
  Repository talking = repository;
  if (!split.user || split.bare.find("://") == std::string::npos) {
    return talking;
  }
  const std::string key = "credential." + std::string(place_of(split.bare));
  if (!split.password) {
    talking.use({.key = key + ".username", .value = text::percent_decoded(*split.user)});
    return talking;
  }
  // The empty value takes all helpers off the list that were there before.
  talking.use({.key = key + ".helper", .value = ""});
  talking.use({.key = key + ".helper", .value = std::string(helper)});
  talking.set_variable(user_variable, text::percent_decoded(*split.user));
  talking.set_variable(password_variable, text::percent_decoded(*split.password));
  return talking;
}

}  // namespace git
