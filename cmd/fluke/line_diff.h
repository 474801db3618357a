// Shows what layout changes as a unified diff. Layout changes lines but neither adds nor removes
// any, so lines are compared one by one.
#pragma once

#include <string>
#include <string_view>

namespace fluke {

/// The diff from `before` to `after`, which have equally many lines, with three lines of context;
/// empty if they are equal. `name` stands for both files.
[[nodiscard]] std::string line_diff(std::string_view name, std::string_view before,
                                    std::string_view after);

}  // namespace fluke
