#include "fluke/option_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <span>
#include <system_error>
#include <utility>

#include "fluke/commands.h"
#include "fluke/report_file.h"
#include "manifest/rules.h"
#include "text/distance.h"
#include "text/duration.h"
#include "text/fields.h"
#include "text/quote.h"

namespace fluke {
namespace {

template <typename T>
using Choice = std::pair<std::string_view, T>;

constexpr Choice<Format> formats[] = {
    {"json", Format::json}, {"jsonl", Format::jsonl}, {"text", Format::text}};
constexpr Choice<ColourMode> colours[] = {
    {"always", ColourMode::always}, {"auto", ColourMode::automatic}, {"never", ColourMode::never}};
constexpr Choice<manifest::DriftPolicy> policies[] = {
    {"remediate", manifest::DriftPolicy::remediate},
    {"remediate_and_alert", manifest::DriftPolicy::remediate_and_alert},
    {"alert_only", manifest::DriftPolicy::alert_only}};
constexpr Choice<Shell> shells[] = {
    {"bash", Shell::bash}, {"fish", Shell::fish}, {"zsh", Shell::zsh}};

/// An empty word leaves `target` as it is, here and below, as a variable does that is empty.
template <typename Choices, typename Target>
OrUsageError read_choice(std::string_view setter, std::string_view word, const Choices& choices,
                         Target& target) {
  std::string names;
  for (const auto& [name, value] : choices) {
    if (word == name) {
      target = value;
      return {};
    }
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  if (!word.empty()) {
    return usage_error(
        fmt::format("{} is {}, but must be one of: {}", setter, text::quoted(word), names));
  }
  return {};
}

template <typename Target>
Reader duration_into(Target& target) {
  return [&target](const std::string& word, const std::string& setter) -> OrUsageError {
    const auto duration = text::parse_duration(word);
    if (!duration && !word.empty()) {
      return usage_error(
          fmt::format("{} is {}, which is not a duration; write it as 90s, 5m or 1h30m", setter,
                      text::quoted(word)));
    }
    if (duration) {
      target = *duration;
    }
    return {};
  };
}

Reader count_into(int& target) {
  return [&target](const std::string& word, const std::string& setter) -> OrUsageError {
    constexpr int most = 100;
    int count = 0;
    const char* end = word.data() + word.size();
    const auto [after, error] = std::from_chars(word.data(), end, count);
    if (!word.empty() && (error != std::errc() || after != end || count < 0 || count > most)) {
      return usage_error(fmt::format("{} is {}, which is not a whole number from 0 to {}", setter,
                                     text::quoted(word), most));
    }
    target = count;
    return {};
  };
}

Reader text_into(std::optional<std::string>& target) {
  return [&target](const std::string& word, const std::string& /*setter*/) -> OrUsageError {
    target = word.empty() ? std::nullopt : std::optional(word);
    return {};
  };
}

Reader list_into(std::vector<std::string>& target) {
  return [&target](const std::string& word, const std::string& /*setter*/) -> OrUsageError {
    target.push_back(word);
    return {};
  };
}

/// Several names can stand in one word, and so in one variable: NAME,NAME. A comma between double
/// quotes is part of a name, as in site["a,b"], and so is a quote behind a backslash there.
Reader names_into(std::vector<std::string>& target) {
  return [&target](const std::string& word, const std::string& /*setter*/) -> OrUsageError {
    target.emplace_back();
    bool is_quoted = false;
    for (std::size_t at = 0; at < word.size(); ++at) {
      const char c = word[at];
      if (c == ',' && !is_quoted) {
        target.emplace_back();
        continue;
      }
      target.back() += c;
      if (c == '"') {
        is_quoted = !is_quoted;
      } else if (c == '\\' && is_quoted && at + 1 < word.size()) {
        target.back() += word[++at];
      }
    }
    return {};
  };
}

Reader assignment_into(std::vector<manifest::GivenArgument>& target) {
  return [&target](const std::string& word, const std::string& /*setter*/) -> OrUsageError {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      // What was written instead is not shown: it may be a secret.
      return usage_error("--var needs a name and a value; write --var NAME=VALUE");
    }
    target.push_back({.is_file = false, .text = word});
    return {};
  };
}

/// Several can stand in one word, and so in one variable: NAME=VALUE,NAME=VALUE.
Reader labels_into(std::vector<std::string>& target) {
  return [&target](const std::string& word, const std::string& setter) -> OrUsageError {
    std::string_view rest = word;
    while (!rest.empty()) {
      const std::string_view label = text::take(rest, ',');
      const std::size_t equals = label.find('=');
      const auto problem = manifest::label_name_problem(label.substr(0, equals));
      if (equals == std::string_view::npos || problem) {
        return usage_error(fmt::format("{} is {}; {}", setter, text::quoted(label),
                                       problem ? *problem : "write NAME=VALUE, such as role=web"));
      }
      target.emplace_back(label);
    }
    return {};
  };
}

/// github stands alone, or turns off what is chosen automatically.
OrUsageError read_github(std::string_view opening, std::optional<std::string_view> value,
                         Invocation& invocation) {
  if (value && *value != "off") {
    return usage_error(
        fmt::format("{0}github takes no file; write {0}github, or {0}github=off", opening));
  }
  invocation.github = !value;
  invocation.on_github = invocation.on_github || invocation.github;
  return {};
}

OrUsageError unknown_kind(std::string_view kind, std::string_view setter) {
  std::vector<std::string_view> names;
  std::ranges::transform(report_kinds, std::back_inserter(names), &ReportKindName::name);
  const auto nearest = text::nearest(kind, std::span<const std::string_view>(names));
  return usage_error(fmt::format("{} knows no kind {}; {}", setter, text::quoted(kind),
                                 nearest
                                     ? fmt::format("did you mean \"{}\"?", *nearest)
                                     : fmt::format("the kinds are: {}", fmt::join(names, ", "))));
}

Reader report_into(OutputOptions& output, Invocation& invocation) {
  return [&](const std::string& word, const std::string& setter) -> OrUsageError {
    // "--report ", or "FLUKE_REPORT=".
    const std::string opening = setter + (setter.starts_with("--") ? " " : "=");
    const std::size_t equals = word.find('=');
    const std::string_view name = std::string_view(word).substr(0, equals);
    const auto value = equals == std::string::npos
                           ? std::nullopt
                           : std::optional(std::string_view(word).substr(equals + 1));
    const auto* kind = std::ranges::find(report_kinds, name, &ReportKindName::name);
    if (kind == report_kinds.end()) {
      return unknown_kind(name, setter);
    }
    if (kind->kind == ReportKind::github) {
      return read_github(opening, value, invocation);
    }
    if (!value || value->empty()) {
      return usage_error(fmt::format("{0}{1} needs a file; write {0}{1}=FILE", opening, name));
    }
    if (*value == "-") {
      const bool is_format = kind->kind == ReportKind::json || kind->kind == ReportKind::jsonl;
      return usage_error(
          fmt::format("{} writes to a file; for standard output, {}", setter,
                      is_format ? fmt::format("write --format {}", name) : "name /dev/stdout"));
    }
    output.reports.push_back({.kind = kind->kind, .path = std::string(*value)});
    return {};
  };
}

/// Whether a command has events to print.
enum class Events : std::uint8_t { none, some };

/// Collects the options of a command: those that have a heading of their own, and the groups that
/// several commands share.
class Table {
 public:
  explicit Table(Invocation& invocation) : invocation_(invocation) {
    flag("-h,--help", invocation.help, "Show this help");
    options_.back().variable.clear();
  }

  [[nodiscard]] std::vector<Option> take() { return std::move(options_); }

  void heading(std::string_view heading) { heading_ = heading; }

  void flag(std::string names, bool& target, std::string help) {
    add({.names = std::move(names), .type = {}, .help = std::move(help), .target = &target});
  }

  void value(std::string names, std::string type, std::string help, Reader reader) {
    add({.names = std::move(names),
         .type = std::move(type),
         .help = std::move(help),
         .target = std::move(reader)});
  }

  void list(std::string names, std::string type, std::string help, Reader reader) {
    add({.names = std::move(names),
         .type = std::move(type),
         .help = std::move(help),
         .target = std::move(reader),
         .is_repeatable = true});
  }

  /// A variable for `--var` is FLUKE_VAR_NAME, which is read with the manifests.
  void inputs(Inputs& inputs) {
    list(
        "MANIFEST", "FILE",
        "A file, - for standard input, or a directory: every *.fluke.hcl below it; FLUKE_MANIFEST, "
        "or else the current directory, where none is named",
        list_into(inputs.manifests));
    options_.back().variable = variable_of("manifest");
    heading("Values of variables");
    list("--var", "NAME=VALUE", "Set a variable (repeatable)", assignment_into(inputs.given));
    options_.back().variable.clear();
    list("--var-file", "FILE", "Set variables from a file of attributes, or of JSON (repeatable)",
         [&given = inputs.given](const std::string& word, const std::string&) -> OrUsageError {
           given.push_back({.is_file = true, .text = word});
           return {};
         });
    heading("The host");
    list("--label", "NAME=VALUE", "Set a label of the host (repeatable)",
         labels_into(inputs.labels));
  }

  void selection(Selection& selection) {
    heading("Which resources");
    list("--only", "NAME", "Select resources by name or pattern (repeatable)",
         names_into(selection.only));
    list("--skip", "NAME", "Leave out resources by name or pattern (repeatable)",
         names_into(selection.skip));
  }

  /// `note` says what else decides, and the default.
  void timeout(std::optional<std::chrono::milliseconds>& timeout, std::string_view note) {
    heading("How it runs");
    value("--timeout", "DURATION", fmt::format("Deadline of each command{}", note),
          duration_into(timeout));
  }

  void colour(ColourMode& colour) {
    value("--color", "auto|always|never", "Colour the output",
          [&colour](const std::string& word, const std::string& setter) {
            return read_choice(setter, word, colours, colour);
          });
  }

  void output(OutputOptions& output, Events events) {
    heading("Output");
    value("--format", events == Events::some ? "text|json|jsonl" : "text|json",
          "What standard output carries",
          [this_command = invocation_.command, &output, events](
              const std::string& word, const std::string& setter) -> OrUsageError {
            if (word == "jsonl" && events == Events::none) {
              return usage_error(fmt::format(
                  "{} is \"jsonl\", but fluke {} has no events to print; it takes text or json",
                  setter, this_command));
            }
            return read_choice(setter, word, formats, output.format);
          });
    colour(output.colour);
    flag("-q,--quiet", output.quiet, "Print nothing unless something changed or failed");
  }

  void reports(OutputOptions& output) {
    list("--report", "KIND=FILE",
         "Also write a report (repeatable): json, jsonl, junit, prometheus or html; or github, "
         "which takes no file",
         report_into(output, invocation_));
  }

  void mise(ProgramOptions& programs) {
    heading("Programs");
    value("--mise", "PATH", "The mise to use", text_into(programs.mise));
  }

  void programs(ProgramOptions& programs) {
    mise(programs);
    value("--git", "PATH", "The git to use", text_into(programs.git));
  }

 private:
  void add(Option option) {
    option.heading = option.is_positional() ? "Positionals" : heading_;
    option.variable = option.is_positional() ? "" : variable_of(option.long_name());
    options_.push_back(std::move(option));
  }

  Invocation& invocation_;
  std::string_view heading_ = "Options";
  std::vector<Option> options_;
};

void list_reconciling(Table& table, CheckOptions& options, RunOptions* run) {
  table.inputs(options.inputs);
  table.selection(options.selection);
  table.timeout(options.timeout, ", unless the resource sets one (30m; 0s is none)");
  table.value("--lock-timeout", "DURATION",
              "How long to wait for a directory that another fluke holds (0s)",
              duration_into(options.lock_timeout));
  table.value("--retry", "NUMBER",
              "How often to try a sync again when its remote does not answer (0)",
              count_into(options.retries));
  table.value("--deadline", "DURATION",
              "How long the whole run may take; what is not reached is skipped (0s is none)",
              duration_into(options.deadline));
  table.value("--splay", "DURATION", "Wait up to this long first, each host for its own time (0s)",
              duration_into(options.splay));
  table.flag("--fail-fast", options.fail_fast, "Stop after the first failure");
  if (run != nullptr) {
    table.value("--drift-policy", "POLICY",
                "What to do about drift where a task does not say: remediate, "
                "remediate_and_alert or alert_only",
                [run](const std::string& word, const std::string& setter) {
                  return read_choice(setter, word, policies, run->drift_policy);
                });
    table.flag("--remediate", run->remediate, "Apply what has drifted whatever the policies say");
    table.flag("--detailed-exitcode", run->detailed_exitcode,
               "Exit 2 when something was applied or updated");
  }
  table.output(options.output, Events::some);
  table.reports(options.output);
  table.flag("-v,--verbose", options.verbose, "Show what every phase does and prints");
  table.programs(options.programs);
}

void list_options(Table& table, CheckOptions& options) {
  list_reconciling(table, options, nullptr);
  table.heading("How it runs");
  table.flag("--notify", options.notify, "Run the tasks of notify blocks, as fluke run does");
}

void list_options(Table& table, RunOptions& options) {
  list_reconciling(table, options, &options);
}

void list_options(Table& table, ValidateOptions& options) {
  table.inputs(options.inputs);
  table.output(options.output, Events::some);
  table.reports(options.output);
  table.mise(options.programs);
  table.flag("--tasks", options.tasks, "Also ask mise whether the tasks exist");
}

void list_options(Table& table, ListOptions& options) {
  table.inputs(options.inputs);
  table.selection(options.selection);
  table.flag("--all-hosts", options.all_hosts, "Also name what is for other hosts");
  table.output(options.output, Events::none);
}

void list_options(Table& table, FmtOptions& options) {
  table.list("FILE", "FILE",
             "A file, a directory: every *.fluke.hcl below it (.), or - for standard input to "
             "standard output",
             list_into(options.files));
  table.flag("--check", options.check, "List what would change, and exit 3 if anything would");
  table.flag("--diff", options.diff, "Show what would change as a unified diff");
  table.colour(options.colour);
}

void list_options(Table& table, DoctorOptions& options) {
  table.inputs(options.inputs);
  table.selection(options.selection);
  table.timeout(options.timeout, " (15s; 0s is none)");
  table.output(options.output, Events::none);
  table.programs(options.programs);
}

void list_options(Table& table, InitOptions& options) {
  table.list("DIR", "DIRECTORY", "The directory, created if it does not exist (.)",
             list_into(options.directories));
  table.flag("--tasks", options.tasks, "Also write the tasks that are missing, to fill in");
  table.flag("--example", options.example, "Write an example to try instead (in fluke-example)");
  table.heading("Manifests from a repository");
  table.value("--from", "URL", "Let all manifests of this host come from a repository",
              text_into(options.from));
  table.value("--branch", "NAME", "The branch to follow (main)", text_into(options.branch));
  table.value("--tag", "NAME", "The tag to be at instead", text_into(options.tag));
  table.value("--allowed-signers", "FILE", "Take only what one of these SSH keys has signed",
              text_into(options.allowed_signers));
  table.programs(options.programs);
}

void list_options(Table& table, CompletionOptions& options) {
  table.value("SHELL", "bash|zsh|fish", "bash, zsh or fish",
              [&options](const std::string& word, const std::string& /*setter*/) {
                return read_choice("the shell", word, shells, options.shell);
              });
}

void list_options(Table& /*table*/, CompleteOptions& /*options*/) {}

void list_options(Table& table, HelpOptions& options) {
  table.value("COMMAND", "COMMAND", "The command to explain", text_into(options.topic));
}

void list_options(Table& /*table*/, VersionOptions& /*options*/) {}

OrUsageError finish(Inputs& inputs, const OutputOptions& output, const Invocation& invocation) {
  if (inputs.manifests.empty()) {
    inputs.manifests.emplace_back(".");
    inputs.assumes_manifest = true;
  }
  if (const auto file = find_overwritten(inputs, output.reports)) {
    return usage_error(
        fmt::format("{} writes to {}, which is a manifest, a file of values, or another report of "
                    "this command line; give it a file of its own",
                    invocation.setter_of("report"), text::quoted(*file)));
  }
  return {};
}

/// Of two flags that exclude each other, the one on the command line wins over the variable of the
/// other one; of two variables, the one that asks for more: it was added to settings that somebody
/// else has made.
OrUsageError finish(CheckOptions& options, const Invocation& invocation) {
  if (options.output.quiet && options.verbose) {
    if (invocation.from_environment.contains("quiet")) {
      options.output.quiet = false;
    } else if (invocation.from_environment.contains("verbose")) {
      options.verbose = false;
    } else {
      return usage_error("--quiet and --verbose exclude each other");
    }
  }
  return finish(options.inputs, options.output, invocation);
}

OrUsageError finish(ValidateOptions& options, const Invocation& invocation) {
  return finish(options.inputs, options.output, invocation);
}

OrUsageError finish(ListOptions& options, const Invocation& invocation) {
  return finish(options.inputs, options.output, invocation);
}

OrUsageError finish(FmtOptions& options, const Invocation& /*invocation*/) {
  if (options.files.empty()) {
    options.files.emplace_back(".");
  }
  if (options.files.size() > 1 && std::ranges::find(options.files, "-") != options.files.end()) {
    return usage_error("\"-\" stands alone: it formats standard input to standard output");
  }
  return {};
}

/// It can do without manifests.
OrUsageError finish(DoctorOptions& /*options*/, const Invocation& /*invocation*/) {
  return {};
}

OrUsageError finish_from(const InitOptions& options, const Invocation& invocation) {
  if (options.example || options.tasks) {
    return usage_error(fmt::format("{} and {} exclude each other", invocation.setter_of("from"),
                                   invocation.setter_of(options.tasks ? "tasks" : "example")));
  }
  if (options.branch && options.tag) {
    return usage_error(fmt::format("{} and {} exclude each other", invocation.setter_of("branch"),
                                   invocation.setter_of("tag")));
  }
  // The value is not shown where it is a url: it may hold a password.
  if (const auto problem = manifest::url_problem(*options.from)) {
    return usage_error(
        fmt::format("{} names no repository: {}", invocation.setter_of("from"), *problem));
  }
  const auto refused = [&](std::string_view name, const std::optional<std::string>& value,
                           const auto& problem_of) -> OrUsageError {
    const auto problem = value ? problem_of(*value) : std::nullopt;
    return problem ? usage_error(fmt::format("{} is {}: {}", invocation.setter_of(name),
                                             text::quoted(*value), *problem))
                   : OrUsageError();
  };
  return refused("branch", options.branch, manifest::branch_problem).and_then([&] {
    return refused("tag", options.tag, manifest::tag_problem);
  });
}

OrUsageError finish(InitOptions& options, const Invocation& invocation) {
  if (options.directories.size() > 1) {
    return usage_error("fluke init takes one directory");
  }
  if (options.from) {
    return finish_from(options, invocation);
  }
  for (const auto& [value, name] :
       {std::pair(&options.branch, "branch"), std::pair(&options.tag, "tag"),
        std::pair(&options.allowed_signers, "allowed-signers")}) {
    if (*value) {
      return usage_error(
          fmt::format("{} belongs to --from, which is missing", invocation.setter_of(name)));
    }
  }
  return {};
}

OrUsageError finish(CompletionOptions& options, const Invocation& /*invocation*/) {
  if (!options.shell) {
    return usage_error("fluke completion needs a shell: bash, zsh or fish");
  }
  return {};
}

OrUsageError finish(CompleteOptions& /*options*/, const Invocation& /*invocation*/) {
  return {};
}

OrUsageError finish(HelpOptions& options, const Invocation& /*invocation*/) {
  if (options.topic && !find_command(*options.topic)) {
    return usage_error(unknown_command(*options.topic));
  }
  return {};
}

OrUsageError finish(VersionOptions& /*options*/, const Invocation& /*invocation*/) {
  return {};
}

}  // namespace

std::string Option::long_name() const {
  std::string name = names.substr(std::min(names.size(), names.find("--") + 2));
  if (is_positional()) {
    name = names;
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  }
  return name;
}

std::vector<Option> global_options(Invocation& invocation) {
  Table table(invocation);
  table.flag("--version", invocation.version, "Show the version, and the commit that was built");
  std::vector<Option> options = table.take();
  options.back().variable.clear();
  return options;
}

std::vector<Option> options_of(Options& options, Invocation& invocation) {
  Table table(invocation);
  std::visit([&](auto& typed) { list_options(table, typed); }, options);
  return table.take();
}

OrUsageError finish_options(Options& options, const Invocation& invocation) {
  return std::visit([&](auto& typed) { return finish(typed, invocation); }, options);
}

std::string variable_of(std::string_view long_option) {
  std::string name = "FLUKE_";
  for (const char c : long_option) {
    name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

std::string Invocation::setter_of(std::string_view long_option) const {
  return from_environment.contains(long_option) ? variable_of(long_option)
                                                : "--" + std::string(long_option);
}

}  // namespace fluke
