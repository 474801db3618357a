#include "starter/example.h"

namespace starter {
namespace {

constexpr ExampleFile files[] = {
    {"hello.fluke.hcl",
     R"(# Two resources. The page is written anew whenever it does not say what it should; the link to it
# is looked at only once the page is there.
locals {
  root = "site"
}

mise "page" {
  working_dir = local.root
  env         = { GREETING = "hello" }
}

mise "link" {
  working_dir = local.root
  check_task  = "link-check"
  apply_task  = "link-apply"
  depends_on  = [mise.page]
}
)"},
    {"site/.mise.toml", R"([tasks.check]
description = "Exit 0 if the page says what it should"
run = 'grep -qx "$GREETING" page.txt'

[tasks.apply]
description = "Write the page"
run = 'echo "$GREETING" >page.txt'

[tasks.link-check]
run = 'test -e index.txt'

[tasks.link-apply]
run = 'ln -sf page.txt index.txt'
)"},
};

}  // namespace

std::span<const ExampleFile> example_files() {
  return files;
}

}  // namespace starter
