// Ends a subcommand before its work began, with what it owes the user: diagnostics, and the reports
// that were asked for.
#pragma once

#include <string>
#include <string_view>

#include "fluke/commands.h"
#include "fluke/console.h"
#include "fluke/load.h"
#include "fluke/options.h"

namespace fluke {

/// The manifests cannot be used: `loaded.failure` says why.
[[nodiscard]] End fail_to_load(const Options& options, const Loaded& loaded, Console& console);

/// The command line turned out to be wrong, or something that it needs is not there; programs read
/// `kind`, which without one is that of the code.
[[nodiscard]] End fail_with(const Options& options, ExitCode code, const std::string& message,
                            Console& console, std::string_view kind = {});

/// Prints diagnostics on standard error, coloured as the options say.
void print(const diagnostic::Diagnostics& diagnostics, const Options& options, Console& console);

/// Prints what there is to say about manifests that can be used; nothing when quiet.
void print_warnings(const Loaded& loaded, const Options& options, Console& console);

}  // namespace fluke
