#include "git/error.h"

#include "text/quote.h"

namespace git {

std::string shell_word(std::string_view word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) {
    return std::string(word);
  }
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += R"('\'')";
    } else {
      out += c;
    }
  }
  out += '\'';
  return text::neutralised(out);
}

std::string shell_command(const std::filesystem::path& directory, std::string_view rest) {
  std::string out = "git -C ";
  out += shell_word(directory.native());
  out += ' ';
  out += rest;
  return out;
}

}  // namespace git
