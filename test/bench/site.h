// Scratch directories with manifests in them, and the programs that work there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/compare.h"
#include "support/temporary_directory.h"

namespace bench {

/// The fluke of this build with these arguments.
[[nodiscard]] Contender fluke(std::vector<std::string> arguments,
                              const std::filesystem::path& directory = "/");

/// A shell that goes through `command` for i = 0, 1, … `count` - 1.
[[nodiscard]] Contender loop(const std::string& name, int count, const std::string& command,
                             const std::filesystem::path& directory);

/// A manifest of `count` resources, the directory of each being `directory` with "#" replaced by
/// its number; `rest` is put into each block, with "#" replaced likewise.
[[nodiscard]] std::string manifest(int count, std::string_view directory,
                                   std::string_view rest = "");

/// Whether there is such a program on PATH.
[[nodiscard]] bool is_on_path(const std::string& program);

/// Runs a shell command that sets a scene; ends the program if it fails.
void must(const std::string& command);

}  // namespace bench
