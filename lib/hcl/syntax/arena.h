// Memory for syntax trees: nodes are trivially destructible, live as long as their arena, and go
// all at once. No tree, however deep, needs a recursive destructor.
#pragma once

#include <cstring>
#include <memory>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace hcl {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <typename T>
  [[nodiscard]] const T* make(T node) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (memory_.allocate(sizeof(T), alignof(T))) T(std::move(node));
  }

  /// Copies `items` (any contiguous container) into the arena.
  template <typename Container, typename T = typename Container::value_type>
  [[nodiscard]] std::span<const T> copy(const Container& items) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (items.empty()) {
      return {};
    }
    T* place = static_cast<T*>(memory_.allocate(items.size() * sizeof(T), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), place);
    return {place, items.size()};
  }

  [[nodiscard]] std::string_view copy_text(std::string_view text) {
    if (text.empty()) {
      return {};
    }
    char* place = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(place, text.data(), text.size());
    return {place, text.size()};
  }

 private:
  std::pmr::monotonic_buffer_resource memory_;
};

}  // namespace hcl
