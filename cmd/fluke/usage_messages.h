// What there is to say about a command line that CLI11 does not take, in our words.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Error.hpp>
#include <span>
#include <string>
#include <string_view>

namespace fluke {

[[nodiscard]] std::string unknown_command(const CLI::App& app, std::string_view wanted);

/// The first argument that nothing took, as a message; empty if all were taken. `command` is null
/// where none was chosen.
[[nodiscard]] std::string leftover(const CLI::App& app, const CLI::App* command);

/// `words` are the command line: what is wrong and not there comes from the environment.
[[nodiscard]] std::string describe(const CLI::ParseError& error,
                                   std::span<const std::string_view> words);

}  // namespace fluke
