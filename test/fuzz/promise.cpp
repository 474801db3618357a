#include "fuzz/promise.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "diagnostic/render.h"

namespace fuzz {
namespace {

void promise_within(const diagnostic::SourceFile& file, diagnostic::Range range) {
  promise(range.begin <= range.end && range.end <= file.text().size(),
          "a diagnostic points into its file");
}

/// Rendering costs many times what parsing costs: a few of a long list are enough.
constexpr std::size_t most_rendered = 5;

bool moves_no_cursor(char c) {
  return c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

}  // namespace

void promise(bool holds, std::string_view what) {
  if (!holds) {
    std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
  }
}

void promise_sound(const diagnostic::Diagnostics& diagnostics) {
  for (const diagnostic::Diagnostic& each : diagnostics) {
    if (each.file != nullptr) {
      promise_within(*each.file, each.range);
    }
    for (const diagnostic::Note& note : each.notes) {
      if (note.file != nullptr) {
        promise_within(*note.file, note.range);
      }
    }
    promise(!each.kind.empty() && !each.summary.empty(), "a diagnostic says something");
  }
  for (std::size_t i = 0; i < std::min(diagnostics.size(), most_rendered); ++i) {
    const std::string shown = render(diagnostics[i], diagnostic::Colour::off);
    promise(std::ranges::all_of(shown, moves_no_cursor), "a diagnostic is fit for a terminal");
  }
}

}  // namespace fuzz
