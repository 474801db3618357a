// What help says of each command: its purpose, and two examples.
#pragma once

#include <array>
#include <string_view>

namespace fluke {

struct Example {
  std::string_view line;
  std::string_view explanation;
};

struct CommandInfo {
  std::string_view name;
  std::string_view summary;
  std::array<Example, 2> examples;
};

inline constexpr CommandInfo command_infos[] = {
    {"run",
     "Bring every resource to its desired state",
     {{{"fluke run site.hcl", "reconcile every resource"},
       {"fluke run --only deploy -v site.hcl", "reconcile one, and show all output"}}}},
    {"check",
     "Show which resources have drifted, and change nothing",
     {{{"fluke check site.hcl", "exit 2 when something has drifted"},
       {"fluke check --format json site.hcl", "the same as one JSON document"}}}},
    {"validate",
     "Read manifests and report everything that is wrong with them",
     {{{"fluke validate site.hcl", "check one manifest"},
       {"fluke validate --tasks /etc/fluke", "every one there, and that its tasks exist"}}}},
    {"list",
     "Print the name of each resource, one per line",
     {{{"fluke list site.hcl", "the names"},
       {"fluke list --format json site.hcl", "with every attribute resolved"}}}},
    {"fmt",
     "Lay manifests out in their canonical form",
     {{{"fluke fmt", "every *.fluke.hcl below this directory"},
       {"fluke fmt --check --diff site.hcl",
        "show what would change, and exit 3 if anything would"}}}},
    {"doctor",
     "Show what a run would meet on this host, and change nothing",
     {{{"fluke doctor", "git, mise, cron's PATH and the clock"},
       {"fluke doctor /etc/fluke", "the same, and what each resource needs"}}}},
    {"init",
     "Write a first manifest for a directory",
     {{{"fluke init", "a manifest that fits this directory"},
       {"fluke init --example", "a toy in ./fluke-example, to try fluke with"}}}},
    {"completion",
     "Print the completion script of a shell",
     {{{"source <(fluke completion bash)", "complete in the bash that is running"},
       {"fluke completion zsh >~/.zfunc/_fluke", "complete in each zsh that looks there"}}}},
    {"help",
     "Show the help of a command",
     {{{"fluke help run", "explain a command"}, {"fluke help", "name all of them"}}}},
};

}  // namespace fluke
