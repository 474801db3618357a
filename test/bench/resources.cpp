#include <fmt/format.h>

#include "bench/settings.h"
#include "bench/site.h"

namespace bench {
namespace {

/// Which tasks there are is asked before one is run, as whoever must not take a missing task for
/// drift has to.
/// mise answers it only where it trusts the configuration, and takes its time to find that out.
constexpr std::string_view question =
    "export MISE_TRUSTED_CONFIG_PATHS=$PWD && mise tasks ls --json --hidden >/dev/null";
constexpr std::string_view satisfied = "[tasks]\ncheck = 'true'\napply = 'false'\n";
constexpr std::string_view drifting =
    "[tasks]\ncheck = 'test -e applied'\napply = 'touch applied'\n";

/// A resource's directory each, or one for all.
void write_site(const support::TemporaryDirectory& scratch, int count, std::string_view tasks) {
  for (int i = 0; i < count; ++i) {
    scratch.write(fmt::format("d{}/.mise.toml", i), tasks);
  }
}

void measure_satisfied(const Settings& settings, Table& table) {
  const int count = settings.size(100, 2);
  // The goals are a few hundredths, and a loop of so many programs swings by more than that.
  const int pairs = settings.pairs * settings.size(3, 1);
  const support::TemporaryDirectory scratch;
  write_site(scratch, count, satisfied);
  const std::string own = scratch.write("own.hcl", manifest(count, "d#"));
  const std::string shared = scratch.write("shared.hcl", manifest(count, "d0"));
  table.add_ratio(
      fmt::format("{} satisfied resources, each in its own directory", count),
      "loop of cd; mise tasks ls; mise run check",
      compare(loop("loop", count, fmt::format("cd d$i && {} && mise run check; cd ..", question),
                   scratch.path()),
              fluke({"run", own}), pairs),
      1.05);
  table.add_ratio(fmt::format("{} satisfied resources in one directory", count),
                  "loop of mise run check",
                  compare(loop("loop", count, "mise run check", scratch.path() / "d0"),
                          fluke({"run", shared}), pairs),
                  1.02);
}

void measure_drifted(const Settings& settings, Table& table) {
  const int count = settings.size(20, 2);
  const support::TemporaryDirectory scratch;
  write_site(scratch, count, drifting);
  Contender baseline = loop(
      "loop", count,
      fmt::format("cd d$i && {} && {{ mise run check || {{ mise run --dry-run check && mise run "
                  "apply && mise run check; }}; }} && cd ..",
                  question),
      scratch.path());
  Contender candidate = fluke({"run", scratch.write("site.hcl", manifest(count, "d#"))});
  baseline.prepare = candidate.prepare = [&] {
    must(fmt::format("rm -f {}/d*/applied", scratch.path().native()));
  };
  table.add_ratio(fmt::format("{} drifted resources, trivial apply", count),
                  "loop of mise tasks ls; check; dry run; apply; check",
                  compare(baseline, candidate, settings.pairs), 1.05);
}

void measure_beside_ansible(const Settings& settings, Table& table) {
  const int count = settings.size(20, 2);
  const std::string work = fmt::format("{} satisfied items", count);
  if (!is_on_path("ansible-playbook")) {
    table.add_skipped(work, "there is no ansible-playbook");
    return;
  }
  const support::TemporaryDirectory scratch;
  write_site(scratch, count, satisfied);
  std::string play = "- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n";
  for (int i = 0; i < count; ++i) {
    play += fmt::format(R"(    - name: check {0}
      ansible.builtin.command: {{cmd: mise run check, chdir: {1}/d{0}}}
      register: check{0}
      changed_when: false
      failed_when: false
    - name: apply {0}
      ansible.builtin.command: {{cmd: mise run apply, chdir: {1}/d{0}}}
      when: check{0}.rc != 0
)",
                        i, scratch.path().native());
  }
  const Contender ansible = {.name = "ansible-playbook",
                             .arguments = {"/bin/sh", "-c",
                                           "exec ansible-playbook -i localhost, " +
                                               scratch.write("play.yml", play).native()},
                             .directory = scratch.path()};
  table.add_ratio(work, "ansible-playbook",
                  compare(ansible, fluke({"run", scratch.write("site.hcl", manifest(count, "d#"))}),
                          settings.pairs),
                  0.125);
}

}  // namespace

void measure_resources(const Settings& settings, Table& table) {
  measure_satisfied(settings, table);
  measure_drifted(settings, table);
  measure_beside_ansible(settings, table);
}

}  // namespace bench
