// Writes files of HCL for the differential test: expressions, whole files, and both with mistakes.
//
//   hcl_generate DIRECTORY COUNT [SEED]
//
// COUNT files of each sort go into DIRECTORY, each from a seed of its own, and variables.json with
// the variables that they refer to. The same seed gives the same files on every machine.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tools/hcl_generate/files.h"

namespace {

std::uint64_t number(std::string_view text) {
  std::uint64_t result = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
  if (error != std::errc() || end != text.data() + text.size()) {
    std::fprintf(stderr, "hcl_generate: not a number: %.*s\n", static_cast<int>(text.size()),
                 text.data());
    std::exit(64);
  }
  return result;
}

void write(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    std::fprintf(stderr, "hcl_generate: cannot write %s\n", file.c_str());
    std::exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fputs("usage: hcl_generate DIRECTORY COUNT [SEED]\n", stderr);
    return 64;
  }
  const std::filesystem::path directory = argv[1];
  const std::uint64_t count = number(argv[2]);
  const std::uint64_t seed = argc > 3 ? number(argv[3]) : 1;
  std::filesystem::create_directories(directory);
  write(directory / "variables.json", generate::variables);
  for (std::uint64_t i = 0; i < count; ++i) {
    generate::Random random(seed * 1'000'000 + i);
    const auto file = [&](const char* sort) {
      return directory / (sort + std::to_string(i) + ".hcl");
    };
    write(file("expressions-"), generate::attributes_file(random, static_cast<int>(1 + i % 4)));
    write(file("structure-"), generate::structure_file(random));
    write(file("mutant-"), generate::mutated(random, generate::attributes_file(random, 2)));
    write(file("broken-"), generate::mutated(random, generate::structure_file(random)));
  }
}
