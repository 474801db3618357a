#include "manifest/version.h"

#include <gtest/gtest.h>

namespace manifest {
namespace {

TEST(Version, IsReadUpToWhatIsNoNumber) {
  EXPECT_EQ(parse_version("0.2.1"), (Version{0, 2, 1}));
  EXPECT_EQ(parse_version("1"), (Version{1, 0, 0}));
  EXPECT_EQ(parse_version("1.2-rc1"), (Version{1, 2, 0}));
  EXPECT_EQ(parse_version(""), std::nullopt);
  EXPECT_EQ(parse_version("1..2"), std::nullopt);
  EXPECT_EQ(parse_version("-1"), std::nullopt);
}

TEST(Version, KeepsAllBounds) {
  struct Row {
    std::string_view constraint;
    std::string_view version;
    bool is_admitted;
  };
  constexpr Row rows[] = {
      {"0.2", "0.2.0", true},          {"= 0.2", "0.2.1", false},
      {"!= 0.2", "0.2.1", true},       {">= 0.2", "0.2.0", true},
      {">= 0.2", "0.10.0", true},      {"> 0.2", "0.2.0", false},
      {"<= 1.0", "1.0.1", false},      {"< 1.0", "0.99.99", true},
      {"~> 0.2", "0.9.0", true},       {"~> 0.2", "1.0.0", false},
      {"~> 1", "2.0", true},           {"~> 0.2.3", "0.2.9", true},
      {"~> 0.2.3", "0.2.2", false},    {"~> 0.2.3", "0.3.0", false},
      {">= 0.2,< 0.3", "0.2.7", true}, {">= 0.2, < 0.3", "0.3", false},
  };
  for (const Row& row : rows) {
    const auto constraint = VersionConstraint::parse(row.constraint);
    ASSERT_TRUE(constraint) << row.constraint;
    EXPECT_EQ(constraint->admits(*parse_version(row.version)), row.is_admitted)
        << row.constraint << " and " << row.version;
  }
}

TEST(Version, RefusesWhatIsNoConstraint) {
  for (const std::string_view text :
       {"", " ", ">=", "0.2.1.4", "v0.2", "0.2-rc1", "=> 0.2", "1.x", ">= 0.2 < 1.0", ", 1"}) {
    EXPECT_FALSE(VersionConstraint::parse(text)) << text;
  }
}

}  // namespace
}  // namespace manifest
