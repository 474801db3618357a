// The manifests of the fleet's documentation (docs/reference/manifest.md and executors.md,
// docs/how-to/configure-drift-policy.md and use-the-shell-executor.md), as they stand there but for
// placeholders: they validate, and with what they name made in a scratch directory, they run.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "e2e/host.h"

namespace {

using e2e::Host;

struct Page {
  std::string_view name;
  std::string_view manifest;
};

constexpr Page pages[] = {
    {"manifest.md: task", R"(task "name" {
  description = "optional human-readable description"

  drift {
    policy = "remediate"
  }

  selector {
    match_labels = { role = "web" }
  }

  mise "first" {
    working_dir = "/opt/app"
  }
  shell "second" {
    check       = "test -f /opt/app/.deployed"
    command     = "/opt/app/deploy.sh"
  }
  systemd "third" {
    unit = "app.service"
  }
}
)"},
    {"manifest.md: selector", R"(task "selected" {
  selector {
    match_labels = {
      role   = "web"
      env    = "production"
    }
  }
  shell "deployed" {
    check   = "test -f /opt/app/.deployed"
    command = "/opt/app/deploy.sh"
  }
}
)"},
    {"manifest.md: mise", R"(mise "name" {
  working_dir = "/opt/checkout"
  check_task  = "check"
  apply_task  = "apply"

  git {
    url    = "https://github.com/taiidani/fluke.git"
    branch = "main"
  }
}
)"},
    {"manifest.md: systemd", R"(systemd "name" {
  unit    = "app.service"
  state   = "running"
  enabled = true
}
)"},
    {"manifest.md: shell", R"(shell "name" {
  check       = "test -f /opt/app/.deployed"
  command     = "/opt/app/deploy.sh"
  working_dir = "/opt/app"
  run_as      = "deploy"
  env         = { APP_ENV = "production" }
  on_failure  = "abort"
}
)"},
    {"manifest.md: HCL features", R"(locals {
  node_version = "22"
  app_dir      = "/opt/app"
}

task "runtimes" {
  selector {
    match_labels = { role = "web" }
  }

  mise "node" {
    working_dir = local.app_dir
    check_task  = "check-node-${local.node_version}"
    apply_task  = "install-node-${local.node_version}"
  }
}
)"},
    {"executors.md: shell", R"(shell "n" {
  check       = "test -f /opt/app/.deployed"
  command     = "/opt/app/deploy.sh"
  working_dir = "/opt/app"
  run_as      = "deploy"
  env = {
    APP_ENV = "production"
  }
  on_failure = "abort"
}
)"},
    {"configure-drift-policy.md: a task of its own", R"(task "rotate_certificates" {
  description = "Certificate rotation — requires manual approval before applying"

  drift {
    policy = "alert_only"
  }

  selector {
    match_labels = { role = "web" }
  }

  shell "renew" {
    check   = "openssl x509 -in /etc/app/tls/cert.pem -checkend 2592000 -noout"
    command = "certbot renew --cert-name app.example.com"
  }
}
)"},
    {"use-the-shell-executor.md: basic usage", R"(shell "migrate_db" {
  check   = "psql $DATABASE_URL -tAc 'SELECT version FROM schema_migrations ORDER BY version DESC LIMIT 1' | grep -qx '20250313001'"
  command = "psql $DATABASE_URL < /opt/app/migrations/20250313001_add_users.sql"
}
)"},
    {"use-the-shell-executor.md: ordering", R"(task "deploy" {
  selector {
    match_labels = { role = "web" }
  }

  mise "runtimes" {
    working_dir = "/opt/app"
  }

  shell "seed_config" {
    check   = "test -f /etc/app/config.json"
    command = "cp /opt/app/config.example.json /etc/app/config.json"
    run_as  = "root"
  }
}
)"},
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class Documentation : public testing::TestWithParam<Page> {
 protected:
  Documentation() {
    host.environment["ROOT"] = host.root().string();
    host.environment["FLUKE_LABEL"] = "role=web,env=production";
    host.directory_with_tasks("opt/app", R"(
[tasks]
check = "test -f done"
apply = "touch done"
check-node-22 = "test -f node"
install-node-22 = "touch node"
)");
    host.write("opt/app/migrations/20250313001_add_users.sql", "");
    host.write("opt/app/config.example.json", "{}\n");
    host.write("etc/app/tls/cert.pem", "");
    program("opt/app/deploy.sh", "touch $ROOT/opt/app/.deployed");
    program(
        "bin/psql",
        "if test \"$1\" = -tAc; then cat $ROOT/version; else echo 20250313001 >$ROOT/version; fi");
    program("bin/openssl", "test -f $ROOT/renewed");
    program("bin/certbot", "touch $ROOT/renewed");
    program("bin/systemctl", R"(for word; do
  case $word in
    show) echo LoadState=loaded; echo UnitFileState=enabled ;;
    is-active) cat $ROOT/state 2>/dev/null || echo inactive ;;
    is-enabled) echo enabled ;;
    start) echo active >$ROOT/state ;;
  esac
done)");
    host.repository_with_tasks("fluke.git", e2e::converging_tasks);
    host.environment["PATH"] = (host.root() / "bin").string() + ":" + host.environment["PATH"];
  }

  void program(const std::string& file, std::string_view text) const {
    host.write(file, "#!/bin/sh\n" + std::string(text) + "\n");
    host.run({"chmod", "+x", file});
  }

  /// With what it names in the scratch directory, and run as whoever runs the test.
  [[nodiscard]] std::string here(std::string_view manifest) const {
    const std::string root = host.root().string();
    std::string user = host.run({"id", "-un"});
    user.pop_back();
    std::string text(manifest);
    for (const auto& [what, by] : {std::pair<std::string, std::string>("/opt/", root + "/opt/"),
                                   {"/etc/", root + "/etc/"},
                                   {"https://github.com/taiidani/fluke.git", root + "/fluke.git"},
                                   {"\"deploy\"\n", "\"" + user + "\"\n"},
                                   {"\"root\"", "\"" + user + "\""},
                                   // Each test locks names of its own.
                                   {"shell \"", "shell \"documented-"},
                                   {"app.service", std::to_string(getpid()) + ".service"}}) {
      text = replaced(std::move(text), what, by);
    }
    return text;
  }

  Host host;
};

TEST_P(Documentation, Validates) {
  host.write("site.hcl", GetParam().manifest);
  const support::Ran ran = host.fluke({"validate", "-q", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST_P(Documentation, Runs) {
  host.write("site.hcl", here(GetParam().manifest));
  const bool is_left = GetParam().manifest.find("alert_only") != std::string_view::npos;
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, is_left ? 2 : 0) << ran.out << ran.err;
  if (is_left) {
    EXPECT_EQ(
        host.fluke({"run", "--only", "rotate_certificates", "--remediate", "site.hcl"}).status, 0);
  }
  const support::Ran again = host.fluke({"run", "-q", "site.hcl"});
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(again.out + again.err, "");
}

INSTANTIATE_TEST_SUITE_P(Pages, Documentation, testing::ValuesIn(pages),
                         [](const testing::TestParamInfo<Page>& page) {
                           std::string name;
                           for (const char c : page.param.name) {
                             const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
                             name += is_plain ? std::string(1, c) : "";
                           }
                           return name;
                         });

}  // namespace
