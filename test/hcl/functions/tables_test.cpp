// Holds the functions to their tables.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "calling.h"
#include "hcl/functions/functions.h"
#include "table.h"

namespace {

TEST(Functions, GiveWhatTheirTablesSay) {
  for (const std::filesystem::path& table : calling::tables()) {
    calling::check_table(table, [](std::string_view call) { return calling::called(call); });
  }
}

TEST(Functions, HaveATableEach) {
  std::vector<std::string> names;
  for (const auto& [name, function] : hcl::standard_functions()) {
    names.push_back(name);
  }
  EXPECT_EQ(calling::sections(), names);
}

}  // namespace
