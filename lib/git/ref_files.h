// Refs as git keeps them in files (gitrepository-layout(5)), where a process for the question would
// take longer than what it is asked for. Files tell little where git keeps refs in another way
// (reftable), and nothing that they do not tell is taken for an answer.
#pragma once

#include <filesystem>
#include <string>

#include "git/git_directory.h"

namespace git {

/// Whether HEAD is on `ref`, a full name.
[[nodiscard]] bool is_on(const GitDirectory& directory, const std::string& ref);

/// The object name of `ref`, loose or packed; empty where there is none, or only git can tell.
[[nodiscard]] std::string find_ref(const GitDirectory& directory, const std::string& ref);

/// Whether the last change of `ref` went from one of these object names to the other, and git
/// noted that nothing was lost by it.
[[nodiscard]] bool was_fast_forwarded(const GitDirectory& directory, const std::string& ref,
                                      const std::string& from, const std::string& to);

}  // namespace git
