// Why a remote did not let git in, read out of what git, curl and ssh said about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace git {

/// A sentence about `url`, the manifest's, that says what to do; nothing where `messages` tell of
/// no such refusal.
[[nodiscard]] std::optional<std::string> explain_refusal(std::string_view url,
                                                         std::string_view messages);

}  // namespace git
