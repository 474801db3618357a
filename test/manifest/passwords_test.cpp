#include <gtest/gtest.h>

#include <string_view>

#include "manifest/masking.h"

namespace manifest {
namespace {

struct Row {
  std::string_view text;
  std::string_view masked;
};

void expect_masked(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(mask_passwords(row.text), row.masked);
  }
}

TEST(MaskPasswords, StarsOutThePasswordOfAUrl) {
  expect_masked({
      {"url = \"https://user:hunter2@host/a.git\"", "url = \"https://user:*******@host/a.git\""},
      {"ssh://git:pw@host:22/a", "ssh://git:**@host:22/a"},
      {"https://:pw@host", "https://:**@host"},
      {"a https://u:p@h and https://v:q@i", "a https://u:*@h and https://v:*@i"},
  });
}

TEST(MaskPasswords, TakesAPasswordToReachToTheLastAtSign) {
  expect_masked({
      {"https://u:p@ss/w:rd@host", "https://u:*********@host"},
      {"https://u:p@host/a@b", "https://u:********@b"},
  });
}

TEST(MaskPasswords, StarsOutATokenInPlaceOfAUser) {
  expect_masked({
      {"https://ghp_token@github.com/a", "https://*********@github.com/a"},
      {"http://t@h", "http://*@h"},
      {"ssh://git@github.com/a", "ssh://git@github.com/a"},
  });
}

TEST(MaskPasswords, LeavesInterpolationsAlone) {
  expect_masked({
      {"\"https://u:${local.pw}@h\"", "\"https://u:${local.pw}@h\""},
      {"\"https://u:a${env(\"PW\")}b@h\"", "\"https://u:*${env(\"PW\")}*@h\""},
      {"\"https://${local.user}:pw@h\"", "\"https://${local.user}:**@h\""},
      {"\"https://u:${{}[\"a\"]}x@h\"", "\"https://u:${{}[\"a\"]}*@h\""},
      {"\"https://u:$${x}@h\"", "\"https://u:*****@h\""},
      {"\"https://u:${x@h", "\"https://u:${*@h"},
  });
}

TEST(MaskPasswords, LeavesOtherTextAlone) {
  expect_masked({
      {"", ""},
      {"https://host:8080/a", "https://host:8080/a"},
      {"see https://host and mail a:b@c", "see https://host and mail a:b@c"},
      {"\"https://host\" # user:pw@x", "\"https://host\" # user:pw@x"},
      {"user:pw@host", "user:pw@host"},
      {"https://u:\npw@h", "https://u:\npw@h"},
  });
}

}  // namespace
}  // namespace manifest
