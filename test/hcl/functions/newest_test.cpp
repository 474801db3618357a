// Holds fluke to what the newest release of the original gives, as recorded in test/conformance:
// newest.txt has where they agree, DIFFERENCES.md where they do not.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/parser.h"
#include "hcl/value/json.h"
#include "table.h"

namespace {

constexpr std::string_view before = "x = ";

/// The value as JSON, or the columns of the errors.
std::string outcome(std::string_view expression) {
  static const hcl::Functions functions = hcl::standard_functions();
  const diagnostic::SourceFile source("test.hcl", fmt::format("{}{}\n", before, expression));
  hcl::ParseResult parsed = hcl::parse(source);
  diagnostic::Diagnostics diagnostics = std::move(parsed.diagnostics);
  hcl::Value value;
  if (const hcl::Attribute* attribute = parsed.file.body.find("x")) {
    value = hcl::evaluate(*attribute->value, hcl::Scope(functions), source, diagnostics);
  }
  if (diagnostics.empty()) {
    return hcl::to_json(value);
  }
  std::set<std::size_t> columns;
  for (const diagnostic::Diagnostic& each : diagnostics) {
    columns.insert(source.position(each.range.begin).column - before.size());
  }
  return fmt::format("error at {}", fmt::join(columns, ", "));
}

/// What was recorded without columns says only that there is an error.
bool agree(std::string_view ours, std::string_view recorded) {
  return ours == recorded || (recorded == "error" && ours.starts_with("error at "));
}

std::vector<calling::Row> recorded(const char* file) {
  return calling::read_table(std::filesystem::path(FLUKE_TEST_DIR) / "conformance" / file);
}

TEST(Newest, GivesWhatIsRecorded) {
  const std::vector<calling::Row> rows = recorded("newest.txt");
  EXPECT_GT(rows.size(), 150U);
  for (const calling::Row& row : rows) {
    const std::string ours = outcome(row.call);
    EXPECT_TRUE(agree(ours, row.result))
        << "newest.txt:" << row.line << ": " << row.call << " → " << row.result << ", not " << ours;
  }
}

TEST(Newest, DiffersWhereThatIsListed) {
  constexpr std::string_view differs = " ≠ ";
  int count = 0;
  for (const calling::Row& row : recorded("DIFFERENCES.md")) {
    const std::size_t at = row.result.find(differs);
    if (at == std::string::npos) {
      continue;
    }
    ++count;
    const std::string_view ours = std::string_view(row.result).substr(at + differs.size());
    EXPECT_TRUE(agree(outcome(row.call), ours))
        << "DIFFERENCES.md:" << row.line << ": " << row.call << " → " << outcome(row.call);
    EXPECT_NE(ours, row.result.substr(0, at)) << "DIFFERENCES.md:" << row.line;
  }
  EXPECT_GT(count, 10);
}

}  // namespace
