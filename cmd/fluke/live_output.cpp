#include "fluke/live_output.h"

namespace fluke {
namespace {

constexpr std::size_t capacity = std::size_t{128} * 1024;

/// What a person who follows along does not notice.
constexpr std::chrono::milliseconds longest_wait(50);

}  // namespace

void LiveOutput::add(std::string_view text) {
  const auto now = std::chrono::steady_clock::now();
  if (held_.empty()) {
    held_since_ = now;
    held_.reserve(capacity);
  }
  while (!text.empty()) {
    const std::string_view fitting = text.substr(0, capacity - held_.size());
    if (fitting.size() == capacity) {
      output_.write(fitting);
    } else {
      held_ += fitting;
    }
    text.remove_prefix(fitting.size());
    if (held_.size() == capacity) {
      flush();
    }
  }
  if (now - held_since_ >= longest_wait) {
    flush();
  }
}

void LiveOutput::flush() {
  output_.write(held_);
  held_.clear();
}

}  // namespace fluke
