// What reports say of a run before anything of it has happened.
#pragma once

#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "reconcile/outcome.h"
#include "report/run_info.h"

namespace fluke {

/// The name of a subcommand, as it is typed.
[[nodiscard]] std::string_view name_of(Subcommand subcommand);

[[nodiscard]] report::RunInfo run_info(const Options& options);

/// Empty where the kernel does not tell.
[[nodiscard]] std::string host_name();

/// The outcome of a run that ended before its first resource.
[[nodiscard]] reconcile::RunOutcome nothing_happened();

/// What goes to standard output where the command line could not be understood; nothing where that
/// carries text.
[[nodiscard]] std::string usage_error_document(std::string_view message, Format format);

}  // namespace fluke
