// Breaks text into lines that fit a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// The words of `text` in lines of at most `width` columns; a word that is wider has a line of its
/// own. No line for text without words.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace text
