// The options of each command: how they are written, what help says of them, and how their words
// become typed values. Parsing, help and completion all go by this table.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "fluke/options.h"

namespace fluke {

/// The command line cannot be understood; the message says why, what to do, and has no final line
/// end.
struct UsageError {
  std::string message;
  /// The error is to be reported as JSON as well.
  Format format = Format::text;
};

using OrUsageError = tl::expected<void, UsageError>;

[[nodiscard]] inline tl::unexpected<UsageError> usage_error(std::string message) {
  return tl::unexpected(UsageError{.message = std::move(message)});
}

/// Reads what was written into the options that the table was made for. `setter` is what set it, as
/// a message names it: "--timeout", or "FLUKE_TIMEOUT".
using Reader = std::function<OrUsageError(const std::string& word, const std::string& setter)>;

struct Option {
  /// "-q,--quiet"; without dashes, "MANIFEST", it is an argument.
  std::string names;
  /// What its value is, "DURATION"; "text|json" is one of a few words. A flag has none.
  std::string type;
  std::string help;
  /// Under which it stands in the help.
  std::string_view heading = "Options";
  /// Where a flag is set, or how a value is read.
  std::variant<bool*, Reader> target;
  /// Each of several counts; otherwise the last one does.
  bool is_repeatable = false;
  /// The variable of the environment that sets it; empty where none does.
  std::string variable;

  [[nodiscard]] bool is_flag() const { return std::holds_alternative<bool*>(target); }
  [[nodiscard]] bool is_positional() const { return !names.starts_with('-'); }
  /// Without dashes; "manifest" for MANIFEST.
  [[nodiscard]] std::string long_name() const;
};

/// What stands before a command, or instead of one.
[[nodiscard]] std::vector<Option> global_options(Invocation& invocation);

/// What a command takes; its readers and flags write into `options` and `invocation`, which outlive
/// the result.
[[nodiscard]] std::vector<Option> options_of(Options& options, Invocation& invocation);

/// After the last reader: what goes together, and what stands in for what was left out.
[[nodiscard]] OrUsageError finish_options(Options& options, const Invocation& invocation);

/// The variable that sets a long option: "FLUKE_LOCK_TIMEOUT" for "lock-timeout".
[[nodiscard]] std::string variable_of(std::string_view long_option);

}  // namespace fluke
