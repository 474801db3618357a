// The end of a long output: what was printed last, in bounded memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace process {

/// Keeps the last `limit` bytes of what is appended, in a ring of at most that size.
class OutputTail {
 public:
  explicit OutputTail(std::size_t limit) : limit_(limit) {}

  void append(std::string_view bytes);

  /// Whether more was appended than is kept.
  [[nodiscard]] bool truncated() const { return truncated_; }

  /// What is kept, in order; leaves nothing behind.
  [[nodiscard]] std::string take();

 private:
  std::size_t limit_;
  std::string ring_;
  /// Where the oldest byte is, once the ring is full.
  std::size_t oldest_ = 0;
  bool truncated_ = false;
};

}  // namespace process
