// Holds the tables to Terraform itself, where the machine has one: each call goes to its console.
//
// The console prints one value. So all calls become one list, in which each is wrapped: a failure
// becomes a word, and a value the Base64 of its JSON, which stands on one line. fluke evaluates the
// same text.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "calling.h"
#include "hcl/value/json.h"
#include "support/temporary_directory.h"
#include "table.h"

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  std::istringstream stream(text);
  Lines lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

/// A terraform with a directory of its own to work in.
class Terraform {
 public:
  /// Its version, such as {1, 11}; nothing where there is no terraform.
  [[nodiscard]] std::optional<std::pair<int, int>> version() const {
    std::smatch match;
    const std::string text = run("version", "");
    return std::regex_search(text, match, std::regex(R"(^Terraform v(\d+)\.(\d+))"))
               ? std::optional(std::pair(std::stoi(match[1]), std::stoi(match[2])))
               : std::nullopt;
  }

  /// What its console prints for an expression without line ends.
  [[nodiscard]] std::string console(const std::string& expression) const {
    return run("console", expression + "\n");
  }

 private:
  [[nodiscard]] std::string run(const std::string& command, const std::string& input) const {
    directory_.write("input", input);
    const std::string line = fmt::format(
        "cd '{}' && CHECKPOINT_DISABLE=1 TF_CLI_CONFIG_FILE=/dev/null "
        "terraform {} -no-color <input >output 2>&1",
        directory_.path().string(), command);
    static_cast<void>(std::system(line.c_str()));
    return support::read_file(directory_.path() / "output");
  }

  support::TemporaryDirectory directory_;
};

std::vector<calling::Row> all_rows() {
  std::vector<calling::Row> rows;
  for (const std::filesystem::path& table : calling::tables()) {
    for (calling::Row& row : calling::read_table(table)) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

/// The console knows `type` at the top level only.
bool asks_for_type(const calling::Row& row) {
  return row.call.starts_with("type(");
}

bool is_sensitive(const calling::Row& row) {
  return row.result.find("(sensitive)") != std::string::npos;
}

bool fails(const calling::Row& row) {
  return row.result.starts_with("error: ");
}

/// What a string holds; the expressions for types give none with anything that JSON does not know.
std::string unquoted(const std::string& string) {
  return *hcl::from_json(string).value().as_string();
}

/// The types of the elements in the description of a tuple, each with all its lines: the last of
/// them is indented by four spaces and ends with a comma.
Lines elements_of(const std::string& tuple) {
  Lines elements{""};
  for (const std::string& line : lines_of(tuple)) {
    elements.back() += line + "\n";
    if (line.starts_with("    ") && line[4] != ' ' && line.ends_with(',')) {
      elements.emplace_back();
    }
  }
  elements.pop_back();
  return elements;
}

// --- Where Terraform gives something else -------------------------------------------------------

constexpr std::string_view memory = "fluke limits how large a result may be; Terraform does not";
constexpr std::string_view null =
    "a null in the program has no type, and Terraform takes the result for not known yet";
constexpr std::string_view width =
    "the library behind Terraform's function writes %!(NOVERB) into the result";
constexpr std::string_view inexact = "Terraform divides two rounded logarithms";
constexpr std::string_view searched = "only newer libraries behind Terraform look for a null";
constexpr std::string_view negative =
    "Terraform 1.11 counts from the end of a list, as fluke does, but panics for a tuple";

/// Why, by the call. These are not asked.
const std::map<std::string, std::string_view>& differences() {
  static const std::map<std::string, std::string_view> known{
      {R"(jsondecode("1e1300"))", "fluke's numbers end at about 1e1233"},
      {R"(jsondecode(sensitive("1e1300")))", "fluke's numbers end at about 1e1233"},
      {R"(indent(99999999, "a\nb"))", memory},
      {R"(format("%v %v", true, null))", null},
      {R"(format("%s", null))", null},
      {R"(format("%d", null))", null},
      {R"(format("%t", null))", null},
      {R"(formatlist("%v", null))", null},
      {R"(formatlist("%s", null))", null},
      {R"(format("%99999999d", 1))", width},
      {R"(format("%.99999999f", 1))", width},
      {R"(format("%99999999999999999999d", 1))", width},
      {R"(log(1000, 10))", inexact},
      {R"(contains([null], null))", searched},
      {R"(element(["a", "b", "c"], -1))", negative},
      {R"(element(["a", "b", "c"], -4))", negative},
  };
  return known;
}

// --- The tests ----------------------------------------------------------------------------------

class AgainstTerraform : public testing::Test {
 protected:
  void SetUp() override {
    const auto version = terraform_.version();
    if (!version) {
      GTEST_SKIP() << "there is no terraform on PATH";
    }
    if (*version < std::pair(1, 11)) {
      GTEST_SKIP() << "the terraform on PATH is older than 1.11";
    }
  }

  Terraform terraform_;
};

TEST_F(AgainstTerraform, FunctionsGiveTheSameValues) {
  Lines calls;
  Lines wrapped;
  for (const calling::Row& row : all_rows()) {
    if (!asks_for_type(row) && !differences().contains(row.call)) {
      calls.push_back(row.call);
      wrapped.push_back(fmt::format(R"(try(base64encode(jsonencode({})), "error"))", row.call));
    }
  }
  const std::string output = terraform_.console(fmt::format("[{}]", fmt::join(wrapped, ", ")));
  const Lines lines = lines_of(output);
  ASSERT_EQ(lines.size(), calls.size() + 2) << output.substr(0, 2000);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const std::string ours = fmt::format("  {},", calling::called(wrapped[i]));
    EXPECT_EQ(lines[i + 1], ours == "  (sensitive)," ? "  (sensitive value)," : ours) << calls[i];
  }
}

TEST_F(AgainstTerraform, FunctionsGiveTheSameTypes) {
  Lines calls;
  for (const calling::Row& row : all_rows()) {
    if (!fails(row) && !is_sensitive(row) && !differences().contains(row.call)) {
      calls.push_back(asks_for_type(row) ? row.call.substr(5, row.call.size() - 6) : row.call);
    }
  }
  const std::string expression = fmt::format("type([{}])", fmt::join(calls, ", "));
  const Lines theirs = elements_of(terraform_.console(expression));
  const Lines ours = elements_of(unquoted(calling::called(expression)));
  ASSERT_EQ(ours.size(), calls.size());
  ASSERT_EQ(theirs.size(), calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    EXPECT_EQ(theirs[i], ours[i]) << calls[i];
  }
}

}  // namespace
