// Takes passwords out of urls, and out of whatever text git wrote about them: nothing that leaves
// this library may carry one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace git {

/// Masks the secrets of the urls that it was told of, and of every other url that a text holds.
class Redactor {
 public:
  /// The password of `url` is masked from now on, as it is written there and percent-decoded.
  void add(std::string_view url);

  [[nodiscard]] std::string operator()(std::string_view text) const;

 private:
  void add_secret(std::string_view secret, std::size_t shortest);

  /// The longest first, so that none is masked in part.
  std::vector<std::string> secrets_;
};

}  // namespace git
