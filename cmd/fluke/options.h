// What each command was asked to do: a struct of typed options for each, made of the parts that
// several of them share.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "manifest/read_given.h"
#include "reconcile/executor.h"

namespace fluke {

enum class Format : std::uint8_t { text, json, jsonl };
enum class ColourMode : std::uint8_t { automatic, always, never };
enum class Shell : std::uint8_t { bash, zsh, fish };
enum class ReportKind : std::uint8_t { json, jsonl, junit, prometheus, html, github };

struct ReportKindName {
  std::string_view name;
  ReportKind kind;
};

/// The kinds that --report knows, in the order in which help and messages name them.
inline constexpr std::array report_kinds = {
    ReportKindName{"json", ReportKind::json},
    ReportKindName{"jsonl", ReportKind::jsonl},
    ReportKindName{"junit", ReportKind::junit},
    ReportKindName{"prometheus", ReportKind::prometheus},
    ReportKindName{"html", ReportKind::html},
    ReportKindName{"github", ReportKind::github},
};

/// `--report KIND=FILE`, for every kind but github, which has no file.
struct ReportFile {
  ReportKind kind = ReportKind::json;
  std::string path;
};

/// What is known of a call whatever its command is.
struct Invocation {
  /// Those that manifests may use.
  reconcile::ResourceTypes types;
  /// As it is typed; empty where none was named.
  std::string_view command;
  /// The long options that were set by their variable, and "manifest" if FLUKE_MANIFEST was.
  std::set<std::string, std::less<>> from_environment;
  /// Asked for instead of work.
  bool help = false;
  bool version = false;
  /// Report to GitHub Actions.
  bool github = false;
  /// GitHub's runner reads what is printed, and would obey commands in it.
  bool on_github = false;

  /// What set a long option, as a message names it: "--timeout", or "FLUKE_TIMEOUT".
  [[nodiscard]] std::string setter_of(std::string_view long_option) const;
};

/// Which manifests, and the values of their variables.
struct Inputs {
  std::vector<std::string> manifests;
  /// No manifest was named: what is in `manifests` is the current directory.
  bool assumes_manifest = false;
  /// `--var` and `--var-file`, the weaker ones first.
  std::vector<manifest::GivenArgument> given;
  /// `--label`, "NAME=VALUE" each, the weaker ones first.
  std::vector<std::string> labels;
};

/// Which of their resources.
struct Selection {
  std::vector<std::string> only;
  std::vector<std::string> skip;
};

/// What is printed and written. Only commands with `--report` have reports.
struct OutputOptions {
  Format format = Format::text;
  ColourMode colour = ColourMode::automatic;
  bool quiet = false;
  std::vector<ReportFile> reports;
};

/// Paths, or names to look for on PATH.
struct ProgramOptions {
  std::optional<std::string> git;
  std::optional<std::string> mise;
};

struct CheckOptions {
  Inputs inputs;
  Selection selection;
  OutputOptions output;
  ProgramOptions programs;
  std::optional<std::chrono::milliseconds> timeout;
  std::chrono::milliseconds lock_timeout{0};
  /// Of a sync whose remote does not answer.
  int retries = 0;
  /// The longest that a host may wait before its first resource.
  std::chrono::milliseconds splay{0};
  /// Of the whole run, after that wait; zero is none.
  std::chrono::milliseconds deadline{0};
  bool fail_fast = false;
  bool verbose = false;
  /// Of `check`: run what notify blocks ask for; `run` does so anyway.
  bool notify = false;
};

struct RunOptions : CheckOptions {
  bool detailed_exitcode = false;
  /// Where neither a task says, nor the command line.
  manifest::DriftPolicy drift_policy = manifest::DriftPolicy::remediate;
  /// Apply whatever the policies say.
  bool remediate = false;
};

struct ValidateOptions {
  Inputs inputs;
  OutputOptions output;
  ProgramOptions programs;
  /// Ask mise whether the tasks exist.
  bool tasks = false;
};

struct ListOptions {
  Inputs inputs;
  Selection selection;
  OutputOptions output;
  /// Name what is for other hosts, too.
  bool all_hosts = false;
};

struct FmtOptions {
  std::vector<std::string> files;
  ColourMode colour = ColourMode::automatic;
  /// List what is not canonical, and show how it would change.
  bool check = false;
  bool diff = false;
};

struct DoctorOptions {
  Inputs inputs;
  Selection selection;
  OutputOptions output;
  ProgramOptions programs;
  std::optional<std::chrono::milliseconds> timeout;
};

struct InitOptions {
  /// None is the current one, or that of the example.
  std::vector<std::string> directories;
  ProgramOptions programs;
  /// Write the tasks that are missing.
  bool tasks = false;
  /// Make a toy to try.
  bool example = false;
  /// The url of a repository that all manifests are to come from, what of it is followed, and the
  /// file of the keys that vouch for it.
  std::optional<std::string> from;
  std::optional<std::string> branch;
  std::optional<std::string> tag;
  std::optional<std::string> allowed_signers;
};

struct CompletionOptions {
  std::optional<Shell> shell;
};

/// `fluke complete`, which the completion scripts call: the words of a command line up to the
/// cursor, without the program.
struct CompleteOptions {
  std::vector<std::string> words;
};

/// `fluke help`, and `--help` of each command.
struct HelpOptions {
  /// A command; without one fluke itself is explained.
  std::optional<std::string> topic;
};

/// `fluke --version`.
struct VersionOptions {
  Format format = Format::text;
};

using Options =
    std::variant<RunOptions, CheckOptions, ValidateOptions, ListOptions, FmtOptions, DoctorOptions,
                 InitOptions, CompletionOptions, CompleteOptions, HelpOptions, VersionOptions>;

}  // namespace fluke
