// Golden files: input and expected output side by side, read as a table of cases.
//
//   === a block that is never closed
//   mise "a" {
//   --- expected
//   # unclosed-block
//   error: …
//
// A line `=== NAME` starts a case, `--- expected` ends its input; a line `\=== …` or `\--- …`
// stands for itself without the backslash. What stands before the first case is a comment. Empty
// lines at the end of an input or of an output are not compared: every text ends with one newline,
// or is empty. With FLUKE_UPDATE_GOLDEN=1 in the environment the expected parts are rewritten from
// what the code gives now; a case without one gets it then.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "support/source_location.h"

namespace support {

/// Runs `produce` on the input of each case in `file` (relative to test/golden) and compares. One
/// failure a case, which names it and shows the whole text.
void check_golden(const std::filesystem::path& file,
                  const std::function<std::string(std::string_view input)>& produce,
                  support::SourceLocation where = support::SourceLocation::current());

/// The diagnostic kinds that the expected parts of all golden files below `folder` (relative to
/// test/golden) hold: the lines `# KIND`.
[[nodiscard]] std::set<std::string> kinds_in_golden(const std::filesystem::path& folder);

}  // namespace support
