#include "process/line_splitter.h"

#include <utility>

namespace process {
namespace {

/// Whether `lines` is one that goes on in the next, or could: it is as long as a line gets.
bool is_piece(std::string_view lines) {
  return lines.size() == LineSplitter::longest + 1 && lines.find('\n') == LineSplitter::longest;
}

}  // namespace

void LineSplitter::append(std::string_view bytes) {
  // In a part that is no larger than the longest line, no line is longer.
  while (sink_ && !bytes.empty()) {
    const std::string_view part = bytes.substr(0, longest);
    append_part(part);
    bytes.remove_prefix(part.size());
  }
}

void LineSplitter::finish() {
  if (!begun_.empty()) {
    end_line();
  }
}

void LineSplitter::append_part(std::string_view bytes) {
  if (!begun_.empty()) {
    const std::size_t end = bytes.find('\n');
    extend(bytes.substr(0, end));
    if (end == std::string_view::npos) {
      return;
    }
    end_line();
    bytes.remove_prefix(end + 1);
  }
  // The common case, lines that lie whole in what was read, are handed on without a copy.
  const std::size_t whole = bytes.rfind('\n') + 1;
  if (whole > 0) {
    sink_(bytes.substr(0, whole));
  }
  extend(bytes.substr(whole));
}

void LineSplitter::end_line() {
  begun_ += '\n';
  sink_(begun_);
  begun_.clear();
}

void LineSplitter::extend(std::string_view part) {
  while (!part.empty()) {
    // A full piece waits until it is known that its line goes on: a line of exactly the longest
    // size is not followed by an empty one.
    if (begun_.size() == longest) {
      end_line();
    }
    const std::string_view fitting = part.substr(0, longest - begun_.size());
    begun_.append(fitting);
    part.remove_prefix(fitting.size());
  }
}

LineSink mask_lines(const text::Secrets& secrets, LineSink sink) {
  if (secrets.empty()) {
    return sink;
  }
  return [&secrets, sink = std::move(sink), goes_on = false](std::string_view lines) mutable {
    const bool begins_cut = std::exchange(goes_on, is_piece(lines));
    const std::string_view text = lines.substr(0, lines.size() - (goes_on ? 1 : 0));
    std::string masked = secrets.mask(text, {.begin = begins_cut, .end = goes_on});
    masked += goes_on ? "\n" : "";
    sink(masked);
  };
}

}  // namespace process
