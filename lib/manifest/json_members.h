// Finds where the members of a JSON object stand in its text, for diagnostics to point at.
#pragma once

#include <string_view>
#include <vector>

#include "diagnostic/source_file.h"

namespace manifest {

/// The places of one member: of its name, in quotes, and of its value.
struct JsonMember {
  diagnostic::Range name;
  diagnostic::Range value;
};

/// The members of the outermost object, in source order. `text` is valid JSON; if it is no object,
/// it has no members.
[[nodiscard]] std::vector<JsonMember> json_members(std::string_view text);

}  // namespace manifest
