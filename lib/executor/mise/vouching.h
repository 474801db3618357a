// Finds the configuration of mise's that other users can change: to run it is to run their code.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "process/environment.h"

namespace mise {

/// The first file that a mise with this environment would read in `directory`, in one above it or
/// in the configuration of the user, or the directory of its tools, that others than root and the
/// effective user can change:
/// `"/srv/app/mise.toml" belongs to uid 1001`. Nothing is executed or read. What lies below one of
/// MISE_TRUSTED_CONFIG_PATHS is trusted already.
[[nodiscard]] std::optional<std::string> find_unvouched(const process::Environment& environment,
                                                        const std::filesystem::path& directory);

}  // namespace mise
