#include "manifest/json_members.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace manifest {
namespace {

/// "NAME: VALUE" for each member, as they stand in the text.
std::string members_of(std::string_view text) {
  std::string out;
  for (const JsonMember& member : json_members(text)) {
    const auto part = [text](diagnostic::Range range) {
      return text.substr(range.begin, range.end - range.begin);
    };
    out += fmt::format("{}: {}\n", part(member.name), part(member.value));
  }
  return out;
}

TEST(JsonMembers, AreThoseOfTheOutermostObject) {
  EXPECT_EQ(members_of("{}"), "");
  EXPECT_EQ(members_of(" { \"a\" : 1 , \"b\":null}\n"), "\"a\": 1\n\"b\": null\n");
  EXPECT_EQ(members_of("{\n\t\"a\": [1, {\"x\": 2}],\r\n\t\"b\": {\"a\": {}}\n}"),
            "\"a\": [1, {\"x\": 2}]\n\"b\": {\"a\": {}}\n");
}

TEST(JsonMembers, MayHoldStringsThatLookLikeMore) {
  EXPECT_EQ(members_of(R"({"a\"}": "]\\", "b": ["}\"", "{"], "c": "x"})"),
            "\"a\\\"}\": \"]\\\\\"\n\"b\": [\"}\\\"\", \"{\"]\n\"c\": \"x\"\n");
}

TEST(JsonMembers, AreNoneWhereThereIsNoObject) {
  EXPECT_EQ(members_of("[{\"a\": 1}]"), "");
  EXPECT_EQ(members_of("\"{}\""), "");
  EXPECT_EQ(members_of(" "), "");
}

}  // namespace
}  // namespace manifest
