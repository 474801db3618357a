// A scratch host with one resource, `deploy`, in the directory `app`.
#pragma once

#include <string_view>

#include "e2e/host.h"

namespace e2e {

struct DeployHost : Host {
  explicit DeployHost(std::string_view tasks = converging_tasks) {
    directory_with_tasks("app", tasks);
    write("site.hcl", R"(mise "deploy" {
  working_dir = "app"
  settle      = "0s"
}
)");
  }
};

/// Waits until the program has printed `text` on standard error; gives up after a minute.
void wait_for(const support::Running& program, std::string_view text);

}  // namespace e2e
