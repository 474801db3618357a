#include "git/small_file.h"

#include "file/contents.h"

namespace git {

std::string read_small_file(const std::filesystem::path& file) {
  constexpr std::uintmax_t most = std::uintmax_t{1} << 20U;
  return file::read_regular(file, most).value_or("");
}

}  // namespace git
