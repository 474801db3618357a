// The command line: argv and FLUKE_… variables to Options.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "fluke/report_kinds.h"
#include "manifest/read_given.h"
#include "reconcile/executor.h"

namespace fluke {

enum class Subcommand { run, check, validate, list, fmt, doctor, init, completion, complete };
enum class Format { text, json, jsonl };
enum class ColourMode { automatic, always, never };
enum class Shell { bash, zsh, fish };
/// What `fluke complete` offers.
enum class Completes { resources, variables };

struct Options {
  /// Those that manifests may use.
  reconcile::ResourceTypes types;
  Subcommand subcommand = Subcommand::run;
  std::vector<std::string> manifests;
  std::vector<std::string> only;
  std::vector<std::string> skip;
  /// `--var` and `--var-file`, the weaker ones first.
  std::vector<manifest::GivenArgument> given;
  std::optional<std::chrono::milliseconds> timeout;
  std::chrono::milliseconds lock_timeout{0};
  /// The longest that a host may wait before its first resource.
  std::chrono::milliseconds splay{0};
  bool fail_fast = false;
  bool detailed_exitcode = false;
  Format format = Format::text;
  ColourMode colour = ColourMode::automatic;
  bool quiet = false;
  bool verbose = false;
  std::vector<ReportFile> reports;
  /// Report to GitHub Actions.
  bool github = false;
  /// GitHub's runner reads what is printed, and would obey commands in it.
  bool on_github = false;
  /// A path, or a name to look for on PATH.
  std::optional<std::string> git;
  std::optional<std::string> mise;
  Shell shell = Shell::bash;
  Completes completes = Completes::resources;
  /// `validate`: ask mise for the tasks. `init`: write those that are missing.
  bool tasks = false;
  /// `fmt`: list what is not canonical, and show how it would change.
  bool check = false;
  bool diff = false;
  /// `init`: make a toy to try.
  bool example = false;
  /// No manifest was named: what is in `manifests` is the current directory.
  bool assumes_manifest = false;
  /// The long options that were set by their variable, and "manifest" if FLUKE_MANIFEST was.
  std::set<std::string, std::less<>> from_environment;
};

/// The variable that sets a long option: "FLUKE_LOCK_TIMEOUT" for "lock-timeout".
[[nodiscard]] std::string variable_of(std::string_view long_option);

/// What set a long option, as a message names it: "--timeout", or "FLUKE_TIMEOUT".
[[nodiscard]] std::string setter_of(std::string_view long_option, const Options& options);

/// Something that was asked for instead of work: help, the version.
struct Text {
  std::string text;
};

/// The command line cannot be understood; the message says why, what to do, and has no final line
/// end.
struct UsageError {
  std::string message;
  /// The error is to be reported as JSON as well.
  Format format = Format::text;
};

[[nodiscard]] std::variant<Options, Text, UsageError> parse_options(int argc,
                                                                    const char* const* argv);

}  // namespace fluke
