// Says which tasks a resource wants that do not exist, and what there is instead.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "mise/mise.h"

namespace reconcile {

/// `missing` names one task or two.
[[nodiscard]] std::string describe_missing(std::span<const std::string> missing,
                                           const std::filesystem::path& directory,
                                           const mise::TaskList& there);

}  // namespace reconcile
