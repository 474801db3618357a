// Takes apart what git prints for programs: fields that end at a line end, a space or a NUL.
#pragma once

#include <algorithm>
#include <string_view>

namespace git {

/// Takes the text up to `end` off the front of `rest`, and `end` with it.
inline std::string_view take(std::string_view& rest, char end) {
  const std::string_view taken = rest.substr(0, rest.find(end));
  rest.remove_prefix(std::min(taken.size() + 1, rest.size()));
  return taken;
}

}  // namespace git
