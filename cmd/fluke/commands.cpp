#include "fluke/commands.h"

#include <algorithm>
#include <iterator>

#include "fluke/help.h"
#include "fluke/version.h"

namespace fluke {

std::optional<Command> find_command(std::string_view name) {
  const auto* found = std::ranges::find(commands, name, &Command::name);
  return found == std::end(commands) ? std::nullopt : std::optional(*found);
}

ExitRequest execute(const HelpOptions& options, const Invocation& /*invocation*/,
                    Console& console) {
  const auto command = find_command(options.topic.value_or(""));
  console.out.write(command ? help_text(*command) : help_text());
  return {};
}

ExitRequest execute(const VersionOptions& options, const Invocation& /*invocation*/,
                    Console& console) {
  console.out.write(options.format == Format::json ? version_document() : version_text());
  return {};
}

}  // namespace fluke
