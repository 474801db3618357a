// The demo of the README, as a newcomer sees it.
#include <gtest/gtest.h>

#include <regex>

#include "docs/program.h"
#include "support/temporary_directory.h"

namespace docs {
namespace {

/// What differs from one demo to the next: where it lives, durations and object names.
std::string normalised(std::string text) {
  text = std::regex_replace(text, std::regex("[^ \"]*/fluke-demo\\.\\w+"), "<scratch>");
  text = std::regex_replace(text, std::regex("\\b(\\d+h)?(\\d+m)?[\\d.]+(ms|s)\\b"), "<time>");
  return std::regex_replace(text, std::regex("\\b[0-9a-f]{7,40}\\b"), "<commit>");
}

TEST(Demo, AppliesThenIsSatisfiedThenAppliesTheNewCommit) {
  const support::TemporaryDirectory home;
  const support::Ran ran = run({source_root() / "test/examples/demo/run"}, home.path());
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(normalised(ran.out), R"(# The demo lives in <scratch>, which is removed at the end.

# A manifest names a directory, and the repository that it is kept in step with.
$ cat site.fluke.hcl
mise "site" {
  working_dir = "site"
  git {
    url = "<scratch>/site.git"
  }
}

# The repository holds a page, and says itself how to tell and how to make its desired state.
$ cat upstream/.mise.toml
[tasks.check]
run = "cmp page.txt ../live/page.txt"

[tasks.apply]
run = "mkdir -p ../live && cp page.txt ../live/page.txt && echo 'the page is live'"

# First run: the directory is cloned, the check says no, apply deploys, the check agrees.
$ fluke run site.fluke.hcl
site  applied    git cloned <commit>  check <time>  apply <time>  verify <time>
1 resource: 1 applied in <time>
$ cat live/page.txt
Hello from the first commit.

# Second run: the check says yes, so nothing is done.
$ fluke run site.fluke.hcl
site  satisfied  check <time>
1 resource: 1 satisfied in <time>

# Somebody pushes a new commit.
$ git --no-pager -C upstream log --oneline
<commit> Say hello again
<commit> Say hello

# Third run: the directory is fast-forwarded, and apply deploys the new page.
$ fluke run site.fluke.hcl
site  applied    git <commit>..<commit>  check <time>  apply <time>  verify <time>
1 resource: 1 applied in <time>
$ cat live/page.txt
Hello from the second commit.
)");
}

}  // namespace
}  // namespace docs
