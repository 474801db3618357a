#include "process/output_tail.h"

#include <algorithm>
#include <utility>

namespace process {

void OutputTail::append(std::string_view bytes) {
  if (bytes.size() > limit_) {
    bytes.remove_prefix(bytes.size() - limit_);
    truncated_ = true;
  }
  if (ring_.size() < limit_) {
    const std::string_view first = bytes.substr(0, limit_ - ring_.size());
    ring_.append(first);
    bytes.remove_prefix(first.size());
  }
  while (!bytes.empty()) {
    truncated_ = true;
    const std::string_view part = bytes.substr(0, limit_ - oldest_);
    std::copy(part.begin(), part.end(), ring_.begin() + static_cast<std::ptrdiff_t>(oldest_));
    oldest_ = (oldest_ + part.size()) % limit_;
    bytes.remove_prefix(part.size());
  }
}

std::string OutputTail::take() {
  std::rotate(ring_.begin(), ring_.begin() + static_cast<std::ptrdiff_t>(oldest_), ring_.end());
  oldest_ = 0;
  ring_.shrink_to_fit();
  return std::exchange(ring_, {});
}

}  // namespace process
