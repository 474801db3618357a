// The built fluke as its documents speak of it: its help texts, and what they name.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/program.h"

namespace docs {

/// The root of the source tree.
[[nodiscard]] std::filesystem::path source_root();

/// Runs a program found on PATH, where the built fluke comes first. `directory` is its working
/// directory and its home.
[[nodiscard]] support::Ran run(std::vector<std::string> arguments,
                               const std::filesystem::path& directory, std::string input = "");

[[nodiscard]] bool is_on_path(const std::string& program);

/// The subcommands, in alphabetical order.
[[nodiscard]] const std::vector<std::string>& subcommands();

/// What `fluke help SUBCOMMAND` prints; that of fluke itself for the empty name.
[[nodiscard]] std::string help(const std::string& subcommand);

/// The long options that a help text explains, as in "--format".
[[nodiscard]] std::set<std::string> options_in(const std::string& help_text);

/// The first group of each match of a regular expression, in which ^ and $ are ends of lines.
[[nodiscard]] std::vector<std::string> all_matches(const std::string& text,
                                                   const std::string& expression);

}  // namespace docs
