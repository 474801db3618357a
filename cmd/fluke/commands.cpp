#include "fluke/commands.h"

#include <algorithm>
#include <iterator>

namespace fluke {

std::optional<Command> find_command(std::string_view name) {
  const auto* found = std::ranges::find(commands, name, &Command::name);
  return found == std::end(commands) ? std::nullopt : std::optional(*found);
}

}  // namespace fluke
