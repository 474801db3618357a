// Finds and reads the manifests that a command line names.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "file/replace.h"
#include "manifest/manifest.h"

namespace manifest {

struct ReadResult {
  std::vector<Source> sources;
  /// One for each argument that cannot be read or holds no manifest, and warnings; they have no
  /// place.
  diagnostic::Diagnostics diagnostics;
};

/// Reads each argument: a file, `-` (the descriptor 0, shown as "<stdin>", relative to the current
/// directory), or a directory: every `*.fluke.hcl` below it in path order, dot directories left
/// out, symbolic links to directories not followed. A file that is named twice is read once. JSON
/// is not read: one that is named is an error, one in a directory a warning.
[[nodiscard]] ReadResult read(std::span<const std::string> arguments);

/// The same for those who write back what they read: hands on one after the other, with the file
/// that it came from; null where that is no regular file. Inside a directory no symbolic link is
/// followed.
[[nodiscard]] diagnostic::Diagnostics read_rewritable(
    std::span<const std::string> arguments,
    const std::function<void(const Source& source, const file::RewritableFile* original)>& take);

}  // namespace manifest
