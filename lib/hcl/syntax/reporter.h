// Where the lexer and the parser report mistakes. It keeps one mistake from becoming many messages:
// of what begins on one line only the first report counts, after it the reporter can be muted until
// the parser has found its place again, and after too many it closes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/kinds.h"

namespace hcl::syntax {

inline constexpr std::size_t max_errors = 100;

class Reporter {
 public:
  explicit Reporter(const diagnostic::SourceFile& source) : source_(source) {}

  void report(Kind kind, diagnostic::Range range, std::string summary, std::string detail,
              std::vector<diagnostic::Note> notes = {});

  [[nodiscard]] diagnostic::Note note(diagnostic::Range range, std::string message) const {
    return {.file = &source_, .range = range, .message = std::move(message)};
  }

  /// While muted, reports are dropped.
  void mute() { muted_ = true; }
  void unmute() { muted_ = false; }
  [[nodiscard]] bool muted() const { return muted_; }

  /// Drops everything from now on.
  void close() { closed_ = true; }
  [[nodiscard]] bool closed() const { return closed_; }

  /// Whether there was such a mistake, shown or not.
  [[nodiscard]] bool has_reported(Kind kind) const { return kinds_.contains(kind); }

  [[nodiscard]] diagnostic::Diagnostics take() { return std::move(diagnostics_); }

 private:
  /// Whether this is the first report on the line of `place`.
  bool is_first_on_line(std::uint32_t place);

  const diagnostic::SourceFile& source_;
  diagnostic::Diagnostics diagnostics_;
  /// The lines with a report: where each begins, and where it ends.
  std::map<std::uint32_t, std::uint32_t> lines_;
  std::set<Kind> kinds_;
  bool muted_ = false;
  bool closed_ = false;
};

}  // namespace hcl::syntax
