#include "bench/site.h"

#include <fmt/format.h>

#include <cstdlib>

namespace bench {
namespace {

std::string numbered(std::string_view text, int number) {
  std::string result;
  for (const char c : text) {
    result += c == '#' ? std::to_string(number) : std::string(1, c);
  }
  return result;
}

}  // namespace

Contender fluke(std::vector<std::string> arguments, const std::filesystem::path& directory) {
  arguments.insert(arguments.begin(), FLUKE_BINARY);
  return {.name = "fluke", .arguments = std::move(arguments), .directory = directory};
}

Contender loop(const std::string& name, int count, const std::string& command,
               const std::filesystem::path& directory) {
  return {.name = name,
          .arguments = {"/bin/sh", "-c",
                        fmt::format("i=0; while [ $i -lt {} ]; do {{ {}; }} || exit 1; "
                                    "i=$((i + 1)); done",
                                    count, command)},
          .directory = directory};
}

std::string manifest(int count, std::string_view directory, std::string_view rest) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += fmt::format("mise \"r{}\" {{\n  working_dir = \"{}\"\n{}}}\n", i,
                        numbered(directory, i), numbered(rest, i));
  }
  return text;
}

bool is_on_path(const std::string& program) {
  return std::system(fmt::format("command -v {} >/dev/null", program).c_str()) == 0;
}

void must(const std::string& command) {
  if (std::system(fmt::format("set -e; {{ {}; }} >/dev/null 2>&1", command).c_str()) != 0) {
    fmt::print(stderr, "bench: failed: {}\n", command);
    std::exit(1);
  }
}

}  // namespace bench
