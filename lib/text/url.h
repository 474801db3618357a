// Finds the secret part of a url, and masks it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace text {

/// Offsets in a url: its user information (RFC 3986, 3.2.1) is [begin, at), with a colon before the
/// password.
struct UserInformation {
  std::size_t begin = 0;
  std::optional<std::size_t> colon;
  std::size_t at = 0;
  /// The url is one of http or https.
  bool http = false;
  /// The user name of an http(s) url that stands alone may be a token.
  bool user_is_secret = false;
};

/// Nothing where `url` has no scheme or no user information.
[[nodiscard]] std::optional<UserInformation> find_user_information(std::string_view url);

/// What stands in place of a secret.
inline constexpr std::string_view secret_mask = "***";

/// `url` without its password: "https://user:***@host/path". The user name of an http(s) url is
/// masked too where it stands alone.
[[nodiscard]] std::string mask_url(std::string_view url);

/// `text` with every url in it masked.
[[nodiscard]] std::string mask_urls(std::string_view text);

/// A url apart from what it says about who asks.
struct SplitUrl {
  /// Without user name and password where it is http(s), without the password where it is not.
  std::string bare;
  /// As they are written in the url. No other transport than http takes them from there.
  std::optional<std::string> user;
  std::optional<std::string> password;
};

[[nodiscard]] SplitUrl split_url(std::string_view url);

/// `text` with each %XX replaced by the byte it stands for, and with all but the unreserved
/// characters of RFC 3986 written so.
[[nodiscard]] std::string percent_decoded(std::string_view text);
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace text
