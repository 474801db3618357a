// What there is to say about a source text, as data. Wording is decided where the problem is found;
// layout and colour are decided in render.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/source_file.h"

namespace diagnostic {

enum class Severity { error, warning };

/// A second place that explains the first, such as an earlier definition; or, where `file` is null,
/// only words that do.
struct Note {
  const SourceFile* file = nullptr;
  Range range;
  std::string message;
};

/// One problem. The texts follow one style: lower case, no final full stop.
struct Diagnostic {
  Severity severity = Severity::error;

  /// A stable name for this kind of problem ("unclosed-block"). It points to static storage; each
  /// library lists its own kinds, and the tests hold every one of them to a golden file.
  std::string_view kind;

  /// What was seen, in a few words, with the names it is about.
  std::string summary;

  /// The rule that was broken and what to do about it; stands beside the caret. May be empty.
  std::string detail;

  /// The narrowest thing that is wrong. `file` is null where there is no text to point into, as
  /// for a file that cannot be read: then `summary` names it.
  const SourceFile* file = nullptr;
  Range range;

  std::vector<Note> notes;
};

using Diagnostics = std::vector<Diagnostic>;

/// Whether any of them is an error.
[[nodiscard]] bool has_errors(const Diagnostics& diagnostics);

}  // namespace diagnostic
