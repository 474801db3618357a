#include "text/glob.h"

#include <cstddef>

#include "text/utf8.h"

namespace text {

bool is_glob(std::string_view pattern) {
  return pattern.find_first_of("*?") != std::string_view::npos;
}

bool matches_glob(std::string_view pattern, std::string_view name) {
  // Where to go on after a mismatch: the last star takes one byte more.
  std::string_view behind_star;
  std::string_view taken_by_star;
  bool has_star = false;
  while (!name.empty()) {
    const char wanted = pattern.empty() ? '\0' : pattern.front();
    if (wanted == '*') {
      pattern.remove_prefix(1);
      behind_star = pattern;
      taken_by_star = name;
      has_star = true;
    } else if (wanted == '?') {
      const auto character = decode_utf8(name);
      pattern.remove_prefix(1);
      name.remove_prefix(character ? character->length : 1);
    } else if (!pattern.empty() && wanted == name.front()) {
      pattern.remove_prefix(1);
      name.remove_prefix(1);
    } else if (has_star) {
      taken_by_star.remove_prefix(1);
      pattern = behind_star;
      name = taken_by_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

}  // namespace text
