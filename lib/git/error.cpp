#include "git/error.h"

#include "text/quote.h"

namespace git {

std::string shell_command(const std::filesystem::path& directory, std::string_view rest) {
  std::string out = "git -C ";
  out += shell_word(directory.native());
  out += ' ';
  out += rest;
  return out;
}

}  // namespace git
