// Collects the parts of a sequence while it is parsed. Nested sequences of one type share a vector,
// used as a stack, so that collecting allocates almost nothing.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "hcl/syntax/arena.h"

namespace hcl::syntax {

template <typename T>
class ScratchList {
 public:
  explicit ScratchList(std::vector<T>& stack) : stack_(stack), begin_(stack.size()) {}
  ~ScratchList() { clear(); }
  ScratchList(const ScratchList&) = delete;
  ScratchList& operator=(const ScratchList&) = delete;

  void add(T item) { stack_.push_back(std::move(item)); }
  void clear() { shrink(0); }
  void shrink(std::size_t size) {
    stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(begin_ + size), stack_.end());
  }
  [[nodiscard]] std::size_t size() const { return stack_.size() - begin_; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] T& back() { return stack_.back(); }
  [[nodiscard]] T& operator[](std::size_t index) { return stack_[begin_ + index]; }
  [[nodiscard]] std::span<T> items() { return std::span<T>(stack_).subspan(begin_); }

  /// The items, copied to where they stay.
  [[nodiscard]] std::span<const T> keep_in(Arena& arena) { return arena.copy(items()); }

 private:
  std::vector<T>& stack_;
  std::size_t begin_;
};

}  // namespace hcl::syntax
