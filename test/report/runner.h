// GitHub's runner, as far as it looks for commands in what a step prints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace report {

/// The lines of `output` that the runner would obey. Like the runner, it takes CR for a line end
/// and passes over characters without weight.
[[nodiscard]] std::vector<std::string> workflow_commands_in(std::string_view output);

}  // namespace report
