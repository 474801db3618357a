// Systemd blocks through the whole program, with a stand-in for systemctl: what a real systemd does
// is for test/acceptance/systemd.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "e2e/deploy_host.h"
#include "e2e/host.h"

namespace {

using e2e::Host;

/// Answers as systemctl does for units that are directories below `units`, and notes what it was
/// told to change. A unit whose `start` is a script has its own way to start.
constexpr std::string_view systemctl = R"sh(#!/bin/sh
for word; do
  case $word in
    --user) echo --user >>"$UNITS/log" ;;
    -*) ;;
    *) if test -z "$verb"; then verb=$word; else unit=$word; fi ;;
  esac
done
cd "$UNITS/$unit" 2>/dev/null || {
  test "$verb" = show && echo LoadState=not-found
  exit 0
}
case $verb in
  show)
    test -e ../no-systemd && cat ../no-systemd && exit 1
    echo "LoadState=$(cat load)"
    echo "UnitFileState=$(cat file)"
    test -e changed && echo NeedDaemonReload=yes || echo NeedDaemonReload=no
    exit 0
    ;;
  is-active) cat active; grep -qx active active || exit 3; exit 0 ;;
  is-enabled) cat file; grep -qx enabled file || exit 1; exit 0 ;;
  status) echo "o the unit"; cat status; exit 3 ;;
esac
echo "$verb $unit" >>"$UNITS/log"
case $verb in
  start) if test -e start; then . ./start; else echo active >active; fi ;;
  stop) echo inactive >active ;;
  enable) echo enabled >file ;;
  disable) echo disabled >file ;;
  daemon-reload) rm -f */changed ;;
esac
)sh";

class Systemd : public testing::Test {
 protected:
  Systemd() {
    host.write("bin/systemctl", systemctl);
    host.run({"chmod", "+x", "bin/systemctl"});
    host.write("units/log", "");
    host.environment["UNITS"] = (host.root() / "units").string();
    host.environment["PATH"] = (host.root() / "bin").string() + ":" + host.environment["PATH"];
    unit("loaded", "disabled", "inactive");
  }

  /// Makes a unit of that name; each test has one of its own, which no other test locks.
  void unit(std::string_view load, std::string_view file, std::string_view active,
            std::string_view status = "") const {
    const std::string directory = "units/" + name + "/";
    host.write(directory + "load", load);
    host.write(directory + "file", std::string(file) + "\n");
    host.write(directory + "active", std::string(active) + "\n");
    host.write(directory + "status", status);
  }

  void manifest(std::string_view attributes = "") const {
    host.write("site.hcl", "systemd \"app\" {\n  unit = \"" + name + "\"\n" +
                               std::string(attributes) + "  settle = \"0s\"\n}\n");
  }

  /// What stands behind the name of the resource, with the name of the unit as "UNIT".
  [[nodiscard]] std::string line_of(const support::Ran& ran) const {
    std::string line = host.normalised(ran.out.substr(0, ran.out.find('\n')));
    for (std::size_t at = line.find(name); at != std::string::npos; at = line.find(name)) {
      line.replace(at, name.size(), "UNIT");
    }
    return line.substr(std::min(line.find("  ") + 2, line.size()));
  }

  [[nodiscard]] std::string told() const {
    std::string log = host.read("units/log");
    for (std::size_t at = log.find(" " + name); at != std::string::npos;
         at = log.find(" " + name)) {
      log.erase(at, name.size() + 1);
    }
    return log;
  }

  Host host;
  std::string name =
      std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".service";
};

TEST_F(Systemd, EnablesAndStartsWhatIsNot) {
  manifest();
  const support::Ran checked = host.fluke({"check", "site.hcl"});
  EXPECT_EQ(checked.status, 2);
  EXPECT_EQ(line_of(checked),
            "drifted    UNIT is inactive, not running, and is disabled, not enabled  check <time>");
  EXPECT_EQ(told(), "");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(told(), "enable\nstart\n");
  EXPECT_EQ(line_of(host.fluke({"run", "site.hcl"})), "satisfied  check <time>");
  EXPECT_EQ(told(), "enable\nstart\n");
}

TEST_F(Systemd, DoesNoMoreThanIsNeeded) {
  struct Row {
    std::string_view attributes;
    std::string_view file;
    std::string_view active;
    std::string_view done;
  };
  constexpr Row rows[] = {
      {"", "enabled", "inactive", "start\n"},
      {"", "disabled", "active", "enable\n"},
      {"  state = \"running\"\n  enabled = false\n", "enabled", "active", "disable\n"},
      {"  state = \"stopped\"\n", "enabled", "active", "stop\n"},
      {"  state = \"stopped\"\n  enabled = false\n", "enabled", "active", "disable\nstop\n"},
      {"  state = \"stopped\"\n  enabled = false\n", "disabled", "failed", ""},
      {"  enabled = false\n", "static", "active", ""},
      {"", "enabled-runtime", "active", "enable\n"},
      {"", "indirect", "reloading", ""},
      {"", "static", "inactive", "start\n"},
      {"", "generated", "active", ""},
      {"", "transient", "active", ""},
      {"", "", "active", ""},
      {"", "alias", "active", ""},
      {"", "linked", "active", "enable\n"},
      {"  enabled = true\n", "indirect", "active", ""},
      {"  enabled = \"ignore\"\n", "disabled", "inactive", "start\n"},
      {"  enabled = \"ignore\"\n", "enabled", "active", ""},
      {"  state = \"stopped\"\n", "masked", "inactive", ""},
      {"  state = \"stopped\"\n  enabled = false\n", "masked", "inactive", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.attributes) + std::string(row.file));
    host.write("units/log", "");
    unit(row.file == "masked" ? "masked" : "loaded", row.file, row.active);
    manifest(row.attributes);
    EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
    EXPECT_EQ(told(), row.done);
  }
}

TEST_F(Systemd, ThatIsIgnoredAtBootIsNotAskedAboutIt) {
  manifest("  enabled = \"ignore\"\n");
  const support::Ran ran = host.fluke({"run", "-v", "site.hcl"});
  EXPECT_NE(ran.err.find("app: check: systemctl is-active " + name + "\n"), std::string::npos)
      << ran.err;
  EXPECT_NE(ran.err.find("app: apply: systemctl start " + name + "\n"), std::string::npos)
      << ran.err;
  const auto listed = nlohmann::json::parse(
      host.fluke({"list", "--format", "json", "site.hcl"}).out)["resources"][0];
  EXPECT_EQ(listed["enabled"], "ignore");
}

TEST_F(Systemd, SaysWhichStateStandsInTheWay) {
  struct Row {
    std::string_view load;
    std::string_view file;
    std::string_view status;
    std::string_view reason;
  };
  constexpr Row rows[] = {
      {"masked", "masked", "     Loaded: masked (Reason: Unit is masked.)\n",
       "UNIT is masked, so it can be neither started nor enabled; Loaded: masked (Reason: Unit is "
       "masked.); undo that with: systemctl unmask UNIT"},
      {"bad-setting", "enabled", "     Loaded: bad-setting (Reason: Unit has a bad setting.)\n",
       "systemd cannot load UNIT; Loaded: bad-setting (Reason: Unit has a bad setting.); try: "
       "systemd-analyze verify UNIT"},
      {"loaded", "static", "",
       "UNIT is static: its file has no [Install] section, so it cannot be enabled; other units "
       "start it; leave enabled out"},
      {"loaded", "generated", "",
       "UNIT is generated at boot, from a file such as /etc/fstab, so it cannot be enabled; that "
       "file says whether it is started; leave enabled out"},
      {"loaded", "transient", "",
       "UNIT is transient: it was made by a program and goes with the next boot, so it cannot be "
       "enabled; leave enabled out"},
      {"loaded", "", "", "UNIT has no file, so it cannot be enabled; leave enabled out"},
  };
  manifest("  enabled = true\n");
  for (const Row& row : rows) {
    unit(row.load, row.file, "inactive", row.status);
    const support::Ran ran = host.fluke({"run", "site.hcl"});
    EXPECT_EQ(ran.status, 78);
    EXPECT_EQ(line_of(ran), "failed     tasks: " + std::string(row.reason));
    EXPECT_EQ(told(), "");
  }
  std::filesystem::remove_all(host.root() / "units" / name);
  EXPECT_EQ(line_of(host.fluke({"run", "site.hcl"})),
            "failed     tasks: there is no unit UNIT; install what brings it, or run systemctl "
            "daemon-reload if its file is new");
}

TEST_F(Systemd, ShowsTheLineOfTheStatusThatMatters) {
  manifest("  enabled = false\n");
  unit("loaded", "disabled", "failed", "     Active: failed (Result: exit-code) since Monday\n");
  EXPECT_EQ(line_of(host.fluke({"check", "site.hcl"})),
            "drifted    UNIT is failed, not running (Active: failed (Result: exit-code) since "
            "Monday)  check <time>");
  unit("loaded", "disabled", "activating", "     Active: activating (auto-restart)\n");
  EXPECT_EQ(line_of(host.fluke({"check", "site.hcl"})),
            "drifted    UNIT is activating, not running (Active: activating (auto-restart))  check "
            "<time>");
  host.write("units/" + name + "/start",
             "echo failed >active; echo '     Active: failed (Result: core-dump)' >status; exit 1");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(line_of(ran),
            "failed     apply: systemctl start UNIT exited with status 1; Active: failed (Result: "
            "core-dump)");
  host.write("units/" + name + "/start", "exit 0");
  EXPECT_EQ(
      line_of(host.fluke({"run", "site.hcl"})),
      "failed     verify: apply succeeded but the check still fails (UNIT is failed, not running "
      "(Active: failed (Result: core-dump)))");
}

TEST_F(Systemd, ThatSaysNothingKnownIsTakenForNoDrift) {
  manifest();
  unit("loaded", "disabled", "Failed to retrieve unit state: Connection timed out");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(line_of(ran),
            "failed     check: systemctl is-active cannot tell: it exited with status 3");
  EXPECT_NE(ran.err.find("app: Failed to retrieve unit state: Connection timed out\n"),
            std::string::npos)
      << ran.err;
  EXPECT_EQ(told(), "");
}

TEST_F(Systemd, SaysThatItIsNotPermitted) {
  manifest("  enabled = false\n");
  host.write("units/" + name + "/start", "echo Failed to start: Access denied; exit 4");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(line_of(ran),
            "failed     apply: systemctl start UNIT exited with status 4: it is not permitted; run "
            "fluke as root, or allow it by polkit(8)");
}

TEST_F(Systemd, ReloadsAFileThatHasChangedBeforeItIsStarted) {
  manifest("  enabled = false\n");
  host.write("units/" + name + "/changed", "");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_EQ(host.read("units/log"), "daemon-reload \nstart " + name + "\n");
  host.write("units/" + name + "/changed", "");
  const support::Ran doctor = host.fluke({"doctor", "site.hcl"});
  EXPECT_NE(doctor.out.find("  tasks      the file of " + name +
                            " has changed since systemd read it, and counts after: systemctl "
                            "daemon-reload\n"),
            std::string::npos)
      << doctor.out;
  EXPECT_EQ(line_of(host.fluke({"run", "site.hcl"})),
            "satisfied  the file of UNIT has changed since systemd read it, and counts after: "
            "systemctl daemon-reload  check <time>");
}

TEST_F(Systemd, SaysThatThereIsNone) {
  manifest();
  host.write("units/no-systemd", "System has not been booted with systemd as init system.\n");
  const support::Ran ran = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(ran.status, 78);
  EXPECT_EQ(line_of(ran),
            "failed     tasks: no systemd answers (systemctl show exited with status 1); is it the "
            "init of this host?");
  EXPECT_NE(ran.err.find("app: System has not been booted with systemd as init system.\n"),
            std::string::npos);
  EXPECT_EQ(host.fluke({"validate", "--tasks", "site.hcl"}).status, 78);
  manifest("  user = true\n");
  EXPECT_EQ(line_of(host.fluke({"run", "site.hcl"})),
            "failed     tasks: no systemd of this user answers (systemctl --user show exited with "
            "status 1); log in as the user, or let it run without that: loginctl enable-linger");
  host.environment["PATH"] = "/no/such/directory";
  const support::Ran without = host.fluke({"run", "site.hcl"});
  EXPECT_EQ(without.status, 69);
  EXPECT_EQ(line_of(without),
            "failed     tasks: systemctl was not found on PATH; a systemd block needs a host that "
            "systemd runs");
}

TEST_F(Systemd, OfTheUserIsAskedAsSuch) {
  manifest("  user = true\n");
  EXPECT_EQ(host.fluke({"run", "-v", "site.hcl"}).status, 0);
  EXPECT_NE(told().find("--user\nstart\n"), std::string::npos) << told();
}

TEST_F(Systemd, IsListedAndLookedAt) {
  manifest("  enabled = false\n");
  const auto listed = nlohmann::json::parse(
      host.fluke({"list", "--format", "json", "site.hcl"}).out)["resources"][0];
  EXPECT_EQ(listed["unit"], name);
  EXPECT_EQ(listed["state"], "running");
  EXPECT_EQ(listed["enabled"], false);
  EXPECT_EQ(listed["user"], false);
  EXPECT_EQ(listed["working_dir"], nullptr);
  const support::Ran doctor = host.fluke({"doctor", "site.hcl"});
  EXPECT_NE(doctor.out.find("  tasks      " + name + " is loaded\n"), std::string::npos)
      << doctor.out;
  unit("loaded", "static", "inactive");
  manifest("  enabled = true\n");
  const support::Ran validated = host.fluke({"validate", "--tasks", "site.hcl"});
  EXPECT_EQ(validated.status, 78);
  EXPECT_NE(validated.err.find("other units start it; leave enabled out"), std::string::npos)
      << validated.err;
  EXPECT_EQ(told(), "");
}

TEST_F(Systemd, IsHeldByItsUnit) {
  manifest("  enabled = false\n");
  host.write("units/" + name + "/start",
             "echo holding; until test -e ../go; do sleep 0.05; done; echo active >active");
  host.write("other.hcl", "systemd \"of-another-name\" {\n  unit = \"" + name + "\"\n}\n");
  support::Running first(host.fluke_program({"run", "--timeout", "60s", "site.hcl"}));
  e2e::wait_for(first, "app: holding");
  const support::Ran second = host.fluke({"run", "other.hcl"});
  EXPECT_EQ(second.status, 75) << second.out;
  host.write("units/go", "");
  EXPECT_EQ(first.wait().status, 0);
}

}  // namespace
