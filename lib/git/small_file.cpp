#include "git/small_file.h"

#include <fstream>
#include <iterator>

namespace git {

std::string read_small_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace git
