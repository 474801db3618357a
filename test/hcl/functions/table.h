// Tables of calls and results: files of test/golden/hcl/functions, a function a section.
//
//   # upper
//   upper("abc") → "ABC"
//
// With FLUKE_UPDATE_GOLDEN=1 in the environment the results are rewritten from what the code gives.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace calling {

struct Row {
  std::string call;
  /// As called() gives it; empty where it is still to be filled in.
  std::string result;
  /// Of the file.
  int line = 0;
};

/// All tables, in order of name.
[[nodiscard]] std::vector<std::filesystem::path> tables();

[[nodiscard]] std::vector<Row> read_table(const std::filesystem::path& file);

/// The names of the sections of all tables.
[[nodiscard]] std::vector<std::string> sections();

/// Runs `call` on every row of `file` and compares.
void check_table(const std::filesystem::path& file,
                 const std::function<std::string(std::string_view call)>& call);

}  // namespace calling
