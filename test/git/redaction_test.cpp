#include "git/redaction.h"

#include <gtest/gtest.h>

namespace {

struct Row {
  const char* name;
  const char* url;
  const char* expected;
};

TEST(Redaction, HidesThePasswordOfAnUrlAndNothingElse) {
  const Row rows[] = {
      {"password", "https://user:secret@host/x.git", "https://user:***@host/x.git"},
      {"no user information", "https://host:8080/x.git", "https://host:8080/x.git"},
      {"empty user name", "https://:secret@host/x", "https://:***@host/x"},
      {"lone user name may be a token", "https://ghp_token@host/x", "https://***@host/x"},
      {"token with an empty password", "https://ghp_token:@host/x", "https://***:***@host/x"},
      {"token with GitHub's filler", "https://t0k:x-oauth-basic@host/x", "https://***:***@host/x"},
      {"at sign in the password", "https://user:a@b@host/x", "https://user:***@host/x"},
      {"slash in the password", "https://user:a/b@host/x", "https://user:***@host/x"},
      {"at sign in the path", "https://host:80/x@y", "https://host:80/x@y"},
      {"IPv6 host", "http://u:p@[::1]:80/x", "http://u:***@[::1]:80/x"},
      {"IPv6 host, at sign in the path", "http://[::1]:80/x@y", "http://[::1]:80/x@y"},
      {"ssh user", "ssh://git@host/x", "ssh://git@host/x"},
      {"ssh password", "ssh://git:secret@host/x", "ssh://git:***@host/x"},
      {"scp form", "git@host:x.git", "git@host:x.git"},
      {"path", "/srv/x@y.git", "/srv/x@y.git"},
      {"empty", "", ""},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(git::redacted(row.url), row.expected) << row.name;
  }
}

std::string masked(std::string_view text) {
  git::Redactor redact;
  redact.add("https://user:p%40ss w^rd@host/x.git");
  return redact(text);
}

TEST(Redaction, MasksThePasswordOfTheManifestInAnyForm) {
  EXPECT_EQ(masked("raw p%40ss w^rd."), "raw ***.");
  EXPECT_EQ(masked("decoded p@ss w^rd."), "decoded ***.");
  EXPECT_EQ(masked("encoded p%40ss%20w%5Erd."), "encoded ***.");
}

TEST(Redaction, MasksEveryUrlOfAText) {
  EXPECT_EQ(masked("fatal: unable to access 'https://a:b@one/': see http://tok@two/x, \n\"ftp://"
                   "c:d@three\""),
            "fatal: unable to access 'https://a:***@one/': see http://***@two/x, \n\"ftp://"
            "c:***@three\"");
}

TEST(Redaction, LeavesWordsAloneThatAreTooShortForASecret) {
  git::Redactor redact;
  redact.add("https://git@host/x.git");
  redact.add("https://user:it@host/x.git");
  EXPECT_EQ(redact("git says it"), "git says it");
}

TEST(Redaction, MasksALoneTokenOutsideOfUrls) {
  git::Redactor redact;
  redact.add("https://ghp_0123456789abcdef@host/x.git");
  EXPECT_EQ(redact("user ghp_0123456789abcdef is unknown"), "user *** is unknown");
}

}  // namespace
