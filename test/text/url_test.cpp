#include "text/url.h"

#include <gtest/gtest.h>

namespace {

struct Row {
  const char* name;
  const char* url;
  const char* expected;
};

TEST(Url, MasksThePasswordOfAnUrlAndNothingElse) {
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
    EXPECT_EQ(text::mask_url(row.url), row.expected) << row.name;
  }
}

TEST(Url, IsMaskedWhereverItStandsInAText) {
  EXPECT_EQ(text::mask_urls("fatal: unable to access 'https://a:b@one/': see http://tok@two/x, \n\""
                            "ftp://c:d@three\""),
            "fatal: unable to access 'https://a:***@one/': see http://***@two/x, \n\"ftp://"
            "c:***@three\"");
}

struct Split {
  const char* url;
  const char* bare;
  const char* user;
  const char* password;
};

TEST(Url, IsSplitIntoPlaceAndCredentials) {
  const Split rows[] = {
      {"https://user:p%40ss@host:8443/x.git", "https://host:8443/x.git", "user", "p%40ss"},
      {"https://token@host/x", "https://host/x", "token", "-"},
      {"https://:secret@host/x", "https://host/x", "", "secret"},
      {"https://host/x", "https://host/x", "-", "-"},
      {"ssh://git@host/x", "ssh://git@host/x", "-", "-"},
      {"ssh://git:secret@host/x", "ssh://git@host/x", "git", "secret"},
      {"git@host:x", "git@host:x", "-", "-"},
  };
  for (const Split& row : rows) {
    const text::SplitUrl split = text::split_url(row.url);
    EXPECT_EQ(split.bare, row.bare);
    EXPECT_EQ(split.user.value_or("-"), row.user) << row.url;
    EXPECT_EQ(split.password.value_or("-"), row.password) << row.url;
  }
}

TEST(Url, PercentDecodesBytes) {
  EXPECT_EQ(text::percent_decoded("a%40b%2Fc%"), "a@b/c%");
  EXPECT_EQ(text::percent_decoded("%zz%4"), "%zz%4");
}

}  // namespace
