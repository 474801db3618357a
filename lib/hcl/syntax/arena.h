// Memory for syntax trees: nodes are trivially destructible, live as long as their arena, and go
// all at once. No tree, however deep, needs a recursive destructor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hcl {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <typename T>
  [[nodiscard]] const T* make(T node) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate<T>(1)) T(std::move(node));
  }

  /// Copies `items` (any contiguous container) into the arena.
  template <typename Container, typename T = typename Container::value_type>
  [[nodiscard]] std::span<const T> copy(const Container& items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) {
      return {};
    }
    T* place = allocate<T>(items.size());
    std::uninitialized_copy(items.begin(), items.end(), place);
    return {place, items.size()};
  }

  [[nodiscard]] std::string_view copy_text(std::string_view text) {
    if (text.empty()) {
      return {};
    }
    char* place = allocate<char>(text.size());
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

 private:
  /// Room for `count` objects that are yet to be made.
  template <typename T>
  [[nodiscard]] T* allocate(std::size_t count) {
    static_assert(alignof(T) <= alignof(std::max_align_t));
    const std::size_t padding = -reinterpret_cast<std::uintptr_t>(next_) % alignof(T);
    const std::size_t size = padding + count * sizeof(T);
    if (size > room_) {
      add_chunk(count * sizeof(T));
      return allocate<T>(count);
    }
    std::byte* place = next_ + padding;
    next_ += size;
    room_ -= size;
    return reinterpret_cast<T*>(place);
  }

  /// Goes on in a new chunk, which holds `size` bytes and more.
  void add_chunk(std::size_t size);

  std::byte* next_ = nullptr;
  std::size_t room_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::size_t last_size_ = 0;
};

}  // namespace hcl
