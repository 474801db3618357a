// Answers what people type from the habit of other tools with fluke's own word for it.
#pragma once

#include <optional>
#include <string_view>

namespace fluke {

/// What fluke has for a command ("plan") or an option ("--dry-run") that it does not know; nothing
/// where it has no such thing.
[[nodiscard]] std::optional<std::string_view> answer_to_habit(std::string_view word);

}  // namespace fluke
