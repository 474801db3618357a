// Reading files, and ending where that fails: what a test tool needs of a command line.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace tools {

[[noreturn]] inline void fail(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(1);
}

[[nodiscard]] inline std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in) {
    fail("cannot read " + name);
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace tools
