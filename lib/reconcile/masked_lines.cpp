#include "reconcile/masked_lines.h"

#include <string>
#include <utility>

#include "process/line_splitter.h"

namespace reconcile {
namespace {

/// Whether `lines` is one that goes on in the next, or could: it is as long as a line gets.
bool is_piece(std::string_view lines) {
  return lines.size() == process::LineSplitter::longest + 1 &&
         lines.find('\n') == process::LineSplitter::longest;
}

}  // namespace

process::LineSink masked_lines(const text::Secrets& secrets, process::LineSink sink) {
  if (secrets.empty()) {
    return sink;
  }
  return [&secrets, sink = std::move(sink), goes_on = false](std::string_view lines) mutable {
    const bool begins_cut = std::exchange(goes_on, is_piece(lines));
    const std::string_view text = lines.substr(0, lines.size() - (goes_on ? 1 : 0));
    std::string masked = secrets.masked(text, {.begin = begins_cut, .end = goes_on});
    masked += goes_on ? "\n" : "";
    sink(masked);
  };
}

}  // namespace reconcile
