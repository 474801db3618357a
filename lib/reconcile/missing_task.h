// Says which tasks a resource wants that mise cannot run as wanted, and what there is instead.
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

/// `name` stands for more than one task, as "x" does for the files x.sh and x.py.
[[nodiscard]] std::string describe_ambiguous(const std::string& name,
                                             const std::filesystem::path& directory,
                                             const mise::TaskList& there);

}  // namespace reconcile
