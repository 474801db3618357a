// Takes apart what programs and variables list: fields that end at a line end, a NUL, a colon ...
#pragma once

#include <algorithm>
#include <string_view>

namespace text {

/// Takes the text up to `end` off the front of `rest`, and `end` with it.
inline std::string_view take(std::string_view& rest, char end) {
  const std::string_view taken = rest.substr(0, rest.find(end));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

}  // namespace text
