// Hands the user name and the password of a url to git in a way that nobody else on the host can
// see. Every user can read the arguments of every process, and git passes a url on as an argument;
// an environment only its owner can read. So the url goes without them, and git, when the server
// asks, has them from a credential helper of one line that prints two variables.
#pragma once

#include <string_view>

#include "git/repository.h"

namespace git {

/// `repository` with the credentials of `url`, for the commands that talk to it and no others;
/// where that holds none, with those of `fallback`. They are offered to the host of the url only,
/// and instead of what the user's own helpers might know.
[[nodiscard]] Repository with_credentials(const Repository& repository, std::string_view url,
                                          std::string_view fallback = {});

}  // namespace git
