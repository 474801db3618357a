// Masks secrets in text that was made elsewhere, such as the output of a command.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace text {

/// A shorter secret is not looked for: masking each "a" of a message would make it unreadable.
inline constexpr std::size_t shortest_secret = 3;

/// At which ends a text was cut out of a longer one.
struct Cut {
  bool begin = false;
  bool end = false;
};

class Secrets {
 public:
  /// `secret` is masked from now on, each of its lines by itself.
  void add(std::string_view secret);

  /// The password of `url`, and a user name that may be a token, are masked from now on, as they
  /// are written there and with every character escaped or none. A short user name is more likely
  /// to be a plain word.
  void add_url(std::string_view url);

  [[nodiscard]] bool empty() const { return secrets_.empty(); }

  /// `text` with `secret_mask` in place of each secret, and of each long enough beginning of one
  /// that an ellipsis follows; where it was cut, also of what may be a part of one.
  [[nodiscard]] std::string mask(std::string_view text, Cut cut = {}) const;

 private:
  /// The longest first, so that none is masked in part.
  std::vector<std::string> secrets_;
};

}  // namespace text
