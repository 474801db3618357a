// The JSON documents of runs that never began.
#pragma once

#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"

namespace fluke {

/// The name of a subcommand, as it is typed.
[[nodiscard]] std::string_view name_of(Subcommand subcommand);

/// The document of a run with these options that ended before its first resource.
[[nodiscard]] std::string empty_document(const Options& options, ExitCode code,
                                         const diagnostic::Diagnostics& diagnostics);

/// The document for a command line that could not be understood.
[[nodiscard]] std::string usage_error_document(std::string_view message);

}  // namespace fluke
