#include "fluke/option_groups.h"

#include <string_view>
#include <vector>

namespace fluke {
namespace {

/// Gives an option its FLUKE_… variable.
CLI::Option* with_environment(CLI::Option* option) {
  return option->envname(variable_of(option->get_lnames().front()));
}

/// What is added from now on stands under this heading in the help.
void begin_group(CLI::App& app, const std::string& heading) {
  app.option_defaults()->group(heading);
}

CLI::Option* add_texts(CLI::App& app, const std::string& name, std::vector<std::string>& target,
                       const std::string& type, const std::string& help) {
  return with_environment(app.add_option(name, target, help))
      ->type_name(type)
      ->allow_extra_args(false);
}

}  // namespace

CLI::Option* add_flag(CLI::App& app, const std::string& names, bool& target,
                      const std::string& help) {
  return with_environment(app.add_flag(names, target, help));
}

void silence_variable_of(CLI::Option* other, CLI::Option* flag) {
  flag->trigger_on_parse()->each([other](const std::string& value) {
    if (value == "true") {
      other->envname("");
    }
  });
}

void add_text(CLI::App& app, const std::string& name, std::string& target, const std::string& type,
              const std::string& help) {
  with_environment(app.add_option(name, target, help))
      ->type_name(type)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void add_colour(CLI::App& app, Raw& raw) {
  add_text(app, "--color", raw.colour, "auto|always|never", "Colour the output");
}

void add_manifests(CLI::App& app, Raw& raw) {
  app.add_option("MANIFEST", raw.options.manifests,
                 "A file, - for standard input, or a directory: every *.fluke.hcl below it; "
                 "FLUKE_MANIFEST, or else the current directory, where none is named");
}

/// A variable of the environment for `--var` is FLUKE_VAR_NAME, which is read with the manifests.
void add_variables(CLI::App& app, Raw& raw) {
  begin_group(app, "Values of variables");
  add_texts(app, "--var", raw.variables, "NAME=VALUE", "Set a variable (repeatable)")->envname("");
  add_texts(app, "--var-file", raw.variable_files, "FILE",
            "Set variables from a file of attributes, or of JSON (repeatable)");
}

void add_selection(CLI::App& app, Raw& raw) {
  begin_group(app, "Which resources");
  add_texts(app, "--only", raw.only, "NAME",
            "Take only what has this name, or matches this pattern (repeatable)");
  add_texts(app, "--skip", raw.skip, "NAME",
            "Leave out what has this name, or matches this pattern (repeatable)");
}

void add_report(CLI::App& app, Raw& raw) {
  add_texts(app, "--report", raw.reports, "KIND=FILE",
            "Also write a report (repeatable): json, jsonl, junit, prometheus or html; or github, "
            "which takes no file");
}

CLI::Option* add_output(CLI::App& app, Raw& raw, const std::string& formats) {
  begin_group(app, "Output");
  add_text(app, "--format", raw.format, formats, "What standard output carries");
  add_colour(app, raw);
  return add_flag(app, "-q,--quiet", raw.options.quiet,
                  "Print nothing unless something changed or failed");
}

void add_timeout(CLI::App& app, Raw& raw, const std::string& note) {
  begin_group(app, "How it runs");
  add_text(app, "--timeout", raw.timeout, "DURATION", "Deadline of each command" + note);
}

void add_mise(CLI::App& app, Raw& raw) {
  begin_group(app, "Programs");
  add_text(app, "--mise", raw.mise, "PATH", "The mise to use");
}

void add_programs(CLI::App& app, Raw& raw) {
  add_mise(app, raw);
  add_text(app, "--git", raw.git, "PATH", "The git to use");
}

}  // namespace fluke
