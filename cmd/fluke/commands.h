// The commands: one table of what help says of each and which options it takes, and one function
// for each kind of options.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fluke/console.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"

namespace fluke {

struct Example {
  std::string_view line;
  std::string_view explanation;
};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::array<Example, 2> examples;
  /// Its options as they are where none is given; their type decides which execute() it is.
  Options (*default_options)();
};

template <typename T>
Options default_options() {
  return T();
}

/// In the order in which help names them. `complete` is not for people, and not among them.
inline constexpr Command commands[] = {
    {"run",
     "Bring every resource to its desired state",
     {{{"fluke run site.hcl", "reconcile every resource"},
       {"fluke run --only deploy -v site.hcl", "reconcile one, and show all output"}}},
     default_options<RunOptions>},
    {"check",
     "Show which resources have drifted, and change nothing",
     {{{"fluke check site.hcl", "exit 2 when something has drifted"},
       {"fluke check --format json site.hcl", "the same as one JSON document"}}},
     default_options<CheckOptions>},
    {"validate",
     "Read manifests and report everything that is wrong with them",
     {{{"fluke validate site.hcl", "check one manifest"},
       {"fluke validate --tasks /etc/fluke", "every one there, and that its tasks exist"}}},
     default_options<ValidateOptions>},
    {"list",
     "Print the name of each resource, one per line",
     {{{"fluke list site.hcl", "the names"},
       {"fluke list --format json site.hcl", "with every attribute resolved"}}},
     default_options<ListOptions>},
    {"fmt",
     "Rewrite manifests in canonical form",
     {{{"fluke fmt", "every *.fluke.hcl below this directory"},
       {"fluke fmt --check --diff site.hcl",
        "show what would change, and exit 3 if anything would"}}},
     default_options<FmtOptions>},
    {"doctor",
     "Show what a run would meet on this host, and change nothing",
     {{{"fluke doctor", "git, mise, cron's PATH and the clock"},
       {"fluke doctor /etc/fluke", "the same, and what each resource needs"}}},
     default_options<DoctorOptions>},
    {"init",
     "Write a first manifest for a directory",
     {{{"fluke init", "a manifest that fits this directory"},
       {"fluke init --example", "an example to try, in ./fluke-example"}}},
     default_options<InitOptions>},
    {"completion",
     "Print the completion script of a shell",
     {{{"source <(fluke completion bash)", "complete in the bash that is running"},
       {"fluke completion zsh >~/.zfunc/_fluke", "complete in each zsh that looks there"}}},
     default_options<CompletionOptions>},
    {"help",
     "Show the help of a command",
     {{{"fluke help run", "explain a command"}, {"fluke help", "name all of them"}}},
     default_options<HelpOptions>},
};

[[nodiscard]] std::optional<Command> find_command(std::string_view name);

/// What to say of a command, or of an option, that there is not. `command` is empty where none was
/// chosen; `known` are its long options, with dashes.
[[nodiscard]] std::string unknown_command(std::string_view wanted);
[[nodiscard]] std::string unknown_option(std::string_view command, std::string_view wanted,
                                         std::span<const std::string> known);

/// The help of the command `topic`, or of fluke itself where that is none. It is as wide as COLUMNS
/// says, or else the terminal that standard output is; 80 columns where neither says.
[[nodiscard]] std::string help_text(std::string_view topic);

/// "fluke 0.1.0 (4f2a91c0b77e, Release)" as a line, or the same as one JSON document.
[[nodiscard]] std::string version_text(Format format);

[[nodiscard]] ExitRequest execute(const RunOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const CheckOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const ValidateOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const ListOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const FmtOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const DoctorOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const InitOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const CompletionOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const CompleteOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const HelpOptions&, const Invocation&, Console&);
[[nodiscard]] ExitRequest execute(const VersionOptions&, const Invocation&, Console&);

}  // namespace fluke
