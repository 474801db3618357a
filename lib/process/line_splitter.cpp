#include "process/line_splitter.h"

namespace process {

void LineSplitter::append(std::string_view bytes) {
  if (!sink_) {
    return;
  }
  std::size_t end = bytes.find('\n');
  while (end != std::string_view::npos) {
    end_line(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
    end = bytes.find('\n');
  }
  extend(bytes);
}

void LineSplitter::finish() {
  if (!begun_.empty()) {
    sink_(begun_);
    begun_.clear();
  }
}

void LineSplitter::end_line(std::string_view line) {
  // The common case, a line that lies whole in what was read, is handed on without a copy.
  if (!begun_.empty() || line.size() > longest) {
    extend(line);
    line = begun_;
  }
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  sink_(line);
  begun_.clear();
}

void LineSplitter::extend(std::string_view part) {
  while (!part.empty()) {
    // A full piece waits until it is known that its line goes on: a line of exactly the longest
    // size is not followed by an empty one.
    if (begun_.size() == longest) {
      sink_(begun_);
      begun_.clear();
    }
    const std::string_view fitting = part.substr(0, longest - begun_.size());
    begun_.append(fitting);
    part.remove_prefix(fitting.size());
  }
}

}  // namespace process
