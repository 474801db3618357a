// parse FILE: parses, and fails if there is a mistake in it. What HashiCorp's implementation is
// compared with, start of the process and reading of the file included.
#include <filesystem>
#include <fstream>
#include <string>

#include "hcl/syntax/parser.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    return 64;
  }
  // As fluke reads a manifest.
  const std::size_t size = std::filesystem::file_size(argv[1]);
  std::string text;
  text.resize(size);
  std::ifstream(argv[1]).read(text.data(), static_cast<std::streamsize>(text.size()));
  const diagnostic::SourceFile source(argv[1], std::move(text));
  return hcl::parse(source).diagnostics.empty() ? 0 : 1;
}
