#include "bench/typical.h"

#include <fmt/format.h>

namespace bench {
namespace {

std::string resource(int i) {
  const std::string dependency = i == 0 ? "" : fmt::format("mise.service-{}", i - 1);
  return fmt::format(R"(# The service number {0}, as its team runs it.
mise "service-{0}" {{
  working_dir = "${{local.root}}/services/{0}"
  check_task  = "check"
  apply_task  = "deploy"
  timeout     = "{1}m"
  depends_on  = [{2}]
  enabled     = local.stage == "production" || {3} < 3

  env = {{
    NODE_ENV = "production"
    PORT     = {4}
    URL      = "https://${{local.domain}}/service/{0}?retry=${{local.retries + 1}}"
  }}

  git {{
    url    = "https://github.com/example/service-{0}.git"
    branch = "main"
  }}
}}

)",
                     i, 1 + i % 59, dependency, i % 7, 8000 + i % 1000);
}

}  // namespace

std::string typical_site(int resources) {
  std::string text = R"(locals {
  root    = "/opt"
  stage   = "production"
  domain  = "example.org"
  retries = 3
}

)";
  for (int i = 0; i < resources; ++i) {
    text += resource(i);
  }
  return text;
}

}  // namespace bench
