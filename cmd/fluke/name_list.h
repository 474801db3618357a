// Takes apart lists of names as they stand in one argument or variable: NAME,NAME.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fluke {

/// The names between the commas of `text`. A comma between double quotes is part of a name, as in
/// site["a,b"], and so is a quote behind a backslash there.
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

}  // namespace fluke
