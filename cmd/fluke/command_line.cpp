#include "fluke/command_line.h"

#include <algorithm>
#include <string>

#include "fluke/command_info.h"
#include "fluke/help_formatter.h"
#include "fluke/option_groups.h"

namespace fluke {
namespace {

void add_fmt(CLI::App& app, Raw& raw) {
  app.add_option("FILE", raw.options.manifests,
                 "A file, a directory: every *.fluke.hcl below it (.), or - for standard input to "
                 "standard output");
  add_flag(app, "--check", raw.options.check,
           "List what would change, and exit 3 if anything would");
  add_flag(app, "--diff", raw.options.diff, "Show what would change as a unified diff");
  add_colour(app, raw);
}

void add_init(CLI::App& app, Raw& raw) {
  app.add_option("DIR", raw.options.manifests, "The directory, which is made if need be (.)");
  add_flag(app, "--tasks", raw.options.tasks, "Also write the tasks that are missing, to fill in");
  add_flag(app, "--example", raw.options.example, "Make a toy to try instead (in fluke-example)");
  add_programs(app, raw);
}

void add_reconcile(CLI::App& app, Raw& raw) {
  add_manifests(app, raw);
  add_variables(app, raw);
  add_selection(app, raw);
  add_timeout(app, raw, ", unless the resource sets one (30m; 0s is none)");
  add_text(app, "--lock-timeout", raw.lock_timeout, "DURATION",
           "How long to wait for a directory that another fluke holds (0s)");
  add_text(app, "--splay", raw.splay, "DURATION",
           "Wait up to this long first, each host for a time of its own (0s)");
  add_flag(app, "--fail-fast", raw.options.fail_fast, "Stop after the first failure");
  if (app.get_name() == "run") {
    add_flag(app, "--detailed-exitcode", raw.options.detailed_exitcode,
             "Exit 2 when something was applied or updated");
  }
  CLI::Option* quiet = add_output(app, raw, "text|json|jsonl");
  add_report(app, raw);
  CLI::Option* verbose =
      add_flag(app, "-v,--verbose", raw.options.verbose, "Show what every phase does and prints");
  silence_variable_of(verbose, quiet);
  silence_variable_of(quiet, verbose);
  add_programs(app, raw);
}

void add_doctor(CLI::App& app, Raw& raw) {
  add_manifests(app, raw);
  add_variables(app, raw);
  add_selection(app, raw);
  add_timeout(app, raw, " (15s; 0s is none)");
  add_output(app, raw, "text|json");
  add_programs(app, raw);
}

void describe_command(CLI::App& command, Raw& raw) {
  const std::string& name = command.get_name();
  if (name == "run" || name == "check") {
    add_reconcile(command, raw);
  } else if (name == "validate") {
    add_manifests(command, raw);
    add_variables(command, raw);
    add_output(command, raw, "text|json|jsonl");
    add_report(command, raw);
    add_mise(command, raw);
    add_flag(command, "--tasks", raw.options.tasks, "Also ask mise whether the tasks exist");
  } else if (name == "list") {
    add_manifests(command, raw);
    add_variables(command, raw);
    add_selection(command, raw);
    add_output(command, raw, "text|json");
  } else if (name == "fmt") {
    add_fmt(command, raw);
  } else if (name == "doctor") {
    add_doctor(command, raw);
  } else if (name == "init") {
    add_init(command, raw);
  } else if (name == "completion") {
    command.add_option("SHELL", raw.shell, "bash, zsh or fish");
  } else {
    command.add_option("COMMAND", raw.help_topic, "The command to explain");
  }
}

/// For the completion scripts, and hidden from people.
void add_complete(CLI::App& app, Raw& raw) {
  CLI::App* command = app.add_subcommand("complete", "List what a manifest offers to type");
  command->group("")->allow_extras();
  command->add_option("WHAT", raw.completes, "resources or variables");
  add_manifests(*command, raw);
  add_variables(*command, raw);
}

}  // namespace

std::unique_ptr<CLI::App> make_app(Raws& raws, std::span<const std::string_view> words) {
  auto app = std::make_unique<CLI::App>(
      "Brings a host to its desired state: git holds it, mise tasks check and apply it.", "fluke");
  app->formatter(std::make_shared<HelpFormatter>());
  app->set_help_flag("-h,--help", "Show this help");
  // CLI11's own flag ends the parse by an exception, which takes longer than all the rest.
  app->add_flag("--version", raws["fluke"].version,
                "Show the version, and the commit that was built");
  app->allow_extras();
  // A manifest may have the name of a command.
  app->require_subcommand(0, 1);
  for (const CommandInfo& info : command_infos) {
    CLI::App* command = app->add_subcommand(std::string(info.name), std::string(info.summary));
    command->allow_extras();
    command->footer([&info] { return footer_text(info); });
    if (std::ranges::find(words, info.name) != words.end()) {
      describe_command(*command, raws[command->get_name()]);
    }
  }
  add_complete(*app, raws["complete"]);
  app->footer("See fluke(1) and fluke-manifest(5), or: fluke help COMMAND");
  return app;
}

}  // namespace fluke
