// The command line: argv and FLUKE_… variables to a command's options.
#pragma once

#include <tl/expected.hpp>

#include "fluke/option_table.h"
#include "fluke/options.h"

namespace fluke {

struct CommandLine {
  Invocation invocation;
  Options options;
};

[[nodiscard]] tl::expected<CommandLine, UsageError> parse_command_line(int argc,
                                                                       const char* const* argv);

}  // namespace fluke
