// The system calls of fluke itself, without those of the programs that it starts.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace bench {

/// Runs fluke, which is to succeed, with these arguments under strace(1): a line for each system
/// call, in order. Where that cannot be done, why.
[[nodiscard]] tl::expected<std::vector<std::string>, std::string> system_calls(
    const std::string& arguments);

}  // namespace bench
