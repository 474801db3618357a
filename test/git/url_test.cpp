#include "git/url.h"

#include <gtest/gtest.h>

namespace {

struct Row {
  const char* name;
  const char* a;
  const char* b;
  bool same;
};

TEST(Url, KnowsTheSpellingsOfOneUrl) {
  const Row rows[] = {
      {"equal", "https://h/x", "https://h/x", true},
      {"slash", "https://h/x/", "https://h/x", true},
      {".git", "https://h/x.git", "https://h/x", true},
      {".git and slash", "https://h/x.git/", "https://h/x", true},
      {"file scheme", "file:///srv/x", "/srv/x.git", true},
      {"relative path", "../x.git", "/opt/x", true},
      {"scp form", "git@h:x.git", "git@h:x", true},
      {"other host", "https://h/x", "https://i/x", false},
      {"other password", "https://u:a@h/x", "https://u:b@h/x", true},
      {"no password", "https://u:a@h/x", "https://h/x.git", true},
      {"case of scheme and host", "HTTPS://Example.ORG/x", "https://example.org/x", true},
      {"case of the path", "https://h/X", "https://h/x", false},
      {"own port", "https://h:443/x", "https://h/x", true},
      {"own port of ssh", "ssh://git@h:22/x", "ssh://git@h/x", true},
      {"other port", "https://h:8443/x", "https://h/x", false},
      {"scp form of an absolute path", "git@h:/srv/x", "ssh://git@h/srv/x.git", true},
      {"scp form of a relative path", "git@h:srv/x", "ssh://git@h/srv/x", false},
      {"other ssh user", "ssh://a@h/x", "ssh://b@h/x", false},
      {"other scheme", "https://h/x", "http://h/x", false},
      {"the root", "/", "/x", false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(git::same_url(row.a, row.b, "/opt/app"), row.same) << row.name;
  }
}

TEST(Url, TellsWhereGitMayStartSsh) {
  for (const char* url : {"git@host:x.git", "host:x", "ssh://host/x", "SSH://host/x",
                          "git+ssh://host/x", "helper::https://host/x"}) {
    EXPECT_TRUE(git::may_use_ssh(url)) << url;
  }
  for (const char* url : {"/srv/x", "../x", "./a:b", "file:///srv/x", "https://host/x",
                          "HTTP://host/x", "git://host/x"}) {
    EXPECT_FALSE(git::may_use_ssh(url)) << url;
  }
}

}  // namespace
