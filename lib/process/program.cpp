#include "process/program.h"

#include <charconv>
#include <system_error>

namespace process {

std::pair<int, int> leading_numbers(std::string_view version) {
  std::pair<int, int> numbers(0, 0);
  const char* end = version.data() + version.size();
  const auto [after, error] = std::from_chars(version.data(), end, numbers.first);
  if (error == std::errc() && after != end && *after == '.') {
    std::from_chars(after + 1, end, numbers.second);
  }
  return numbers;
}

}  // namespace process
