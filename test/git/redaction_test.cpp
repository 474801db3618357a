#include "git/redaction.h"

#include <gtest/gtest.h>

namespace {

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
