#include "bench/trace.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

#include "bench/site.h"
#include "support/temporary_directory.h"

namespace bench {

tl::expected<std::vector<std::string>, std::string> system_calls(const std::string& arguments) {
  if (!is_on_path("strace")) {
    return tl::unexpected<std::string>("there is no strace");
  }
  const support::TemporaryDirectory scratch;
  const std::filesystem::path trace = scratch.path() / "calls";
  // A leak sanitizer, where fluke is built with one, does not work under strace.
  const std::string command =
      fmt::format("ASAN_OPTIONS=detect_leaks=0 strace -o {} {} {} >/dev/null 2>&1", trace.native(),
                  FLUKE_BINARY, arguments);
  if (std::system(command.c_str()) != 0) {
    return tl::unexpected<std::string>("strace may not trace here");
  }
  std::vector<std::string> calls;
  std::ifstream stream(trace);
  for (std::string line; std::getline(stream, line);) {
    // "---" is a signal, "+++" the end.
    if (!line.starts_with("---") && !line.starts_with("+++")) {
      calls.push_back(line);
    }
  }
  return calls;
}

}  // namespace bench
