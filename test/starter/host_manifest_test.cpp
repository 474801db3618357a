#include "starter/host_manifest.h"

#include <gtest/gtest.h>

#include <string>

#include "diagnostic/source_file.h"
#include "hcl/layout/layout.h"

namespace {

using starter::HostSource;
using Kind = git::Revision::Kind;

/// The text, which must be well-formed and canonical.
std::string made(const HostSource& source) {
  std::string text = starter::host_manifest_text(source);
  const diagnostic::SourceFile file("host.fluke.hcl", text);
  EXPECT_EQ(hcl::canonical_layout(file), text);
  return text;
}

TEST(HostManifest, FollowsABranchThatKeysVouchFor) {
  EXPECT_EQ(
      made({.url = "ssh://git@example.org/infra.git",
            .revision = {.kind = Kind::branch, .name = "main"},
            .allowed_signers = "/etc/fluke/allowed_signers",
            .working_dir = "/var/lib/fluke/infra"}),
      R"(# What this host has of its own: where its manifests come from. Each run fetches them first.
# See fluke-fleet(7).
include "infra" {
  working_dir = "/var/lib/fluke/infra"

  # Every manifest in it, unless this names some:
  # manifests = ["common", "hosts/${hostname()}.fluke.hcl"]

  git {
    url    = "ssh://git@example.org/infra.git"
    branch = "main"

    # Nothing that these keys have not signed reaches the directory.
    verify {
      allowed_signers = "/etc/fluke/allowed_signers"
    }
  }
}
)");
}

TEST(HostManifest, SaysWhatATagWithoutKeysMeans) {
  const std::string text = made({.url = "/srv/${a}\".git",
                                 .revision = {.kind = Kind::tag, .name = "v1"},
                                 .working_dir = "/var/lib/fluke/a"});
  EXPECT_NE(text.find("    url = \"/srv/$${a}\\\".git\"\n    tag = \"v1\"\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("whoever can push to the repository decides what runs here"),
            std::string::npos)
      << text;
}

TEST(HostManifest, IsNamedAsTheRepositoryIs) {
  const struct {
    const char* url;
    const char* name;
  } cases[] = {{"ssh://git@example.org/infra.git", "infra"},
               {"git@example.org:infra.git", "infra"},
               {"https://example.org/a/infra/", "infra"},
               {"/srv/infra.git/", "infra"},
               {"/srv/infra/.git", "infra"},
               {"/srv/my infra", "my-infra"},
               {"https://example.org/", "example.org"},
               {"/srv/1", "app1"}};
  for (const auto& [url, name] : cases) {
    EXPECT_EQ(starter::include_name(url), name) << url;
  }
}

}  // namespace
