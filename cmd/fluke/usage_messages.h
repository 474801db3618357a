// What to say of commands and options that fluke does not know.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fluke {

[[nodiscard]] std::string unknown_command(std::string_view wanted);

/// `command` is empty where none was chosen; `known` are its long options, with dashes.
[[nodiscard]] std::string unknown_option(std::string_view command, std::string_view wanted,
                                         std::span<const std::string> known);

}  // namespace fluke
