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

/// What a log says of one change of its ref: "FROM TO Name <mail> time zone", a tab and the
/// message.
struct LogEntry {
  std::string from;
  std::string to;
  std::string message;
};

/// The last change of `ref` in the repository whose `common` directory this is; all empty where
/// there is no log.
[[nodiscard]] LogEntry last_log_entry(const std::filesystem::path& common, const std::string& ref);

}  // namespace git
