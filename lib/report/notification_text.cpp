#include "report/notification_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "report/summary.h"
#include "text/quote.h"

namespace report {
namespace {

constexpr std::size_t most_lines = 20;
constexpr std::size_t longest_line = 500;

/// Collects lines, and counts those that are too many.
class Lines {
 public:
  /// `make` is called for a line that is shown.
  template <typename Make>
  void add(Make make) {
    if (++count_ > most_lines) {
      return;
    }
    std::string line = make();
    while (line.ends_with('\n')) {
      line.pop_back();
    }
    if (line.size() > longest_line) {
      std::size_t end = longest_line;
      while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80U) {
        --end;
      }
      line.resize(end);
      line += "…";
    }
    text_ += line + '\n';
  }

  /// With `last` as the last line.
  [[nodiscard]] std::string finish(std::string_view last) {
    if (count_ > most_lines) {
      text_ += fmt::format("and {} more\n", count_ - most_lines);
    }
    text_ += last;
    while (text_.ends_with('\n')) {
      text_.pop_back();
    }
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

std::string line_of(const diagnostic::Diagnostic& problem) {
  const std::string place = problem.file == nullptr
                                ? ""
                                : fmt::format("{}:{}: ", text::neutralised(problem.file->name()),
                                              problem.file->position(problem.range.begin).line);
  return fmt::format("{}{}", place, text::neutralised(problem.summary));
}

}  // namespace

std::string notification_text(const reconcile::RunOutcome& outcome,
                              const diagnostic::Diagnostics& diagnostics,
                              std::span<const std::string> on) {
  Lines lines;
  if (diagnostic::has_errors(diagnostics)) {
    for (const diagnostic::Diagnostic& problem : diagnostics) {
      if (problem.severity == diagnostic::Severity::error) {
        lines.add([&] { return line_of(problem); });
      }
    }
    return lines.finish("nothing was run");
  }
  for (const reconcile::ResourceOutcome* one : outcome.all()) {
    if (std::ranges::find(on, reconcile::name_of(one->outcome)) != on.end()) {
      lines.add([&] { return resource_line(*one, {}); });
    }
  }
  return lines.finish(totals_line(outcome));
}

}  // namespace report
