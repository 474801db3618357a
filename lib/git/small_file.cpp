#include "git/small_file.h"

#include <fstream>
#include <iterator>
#include <system_error>

namespace git {

std::string read_small_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string read_small_file(const std::filesystem::path& file, std::uintmax_t most) {
  // The size of what is not there is the largest of all.
  std::error_code ignored;
  return std::filesystem::file_size(file, ignored) > most ? std::string() : read_small_file(file);
}

}  // namespace git
