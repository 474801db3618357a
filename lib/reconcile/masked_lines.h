// Hands the lines that a command prints on without their secrets.
#pragma once

#include "process/runner.h"
#include "text/secrets.h"

namespace reconcile {

/// What hands lines on to `sink`, masked. `secrets` outlives it. A secret is found as well where a
/// line that is longer than the longest was cut in its middle.
[[nodiscard]] process::LineSink masked_lines(const text::Secrets& secrets, process::LineSink sink);

}  // namespace reconcile
