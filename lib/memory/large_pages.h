// Memory by the megabyte. The first use of each page interrupts the program, which for a large text
// takes longer than to read it; large pages (2 MiB instead of 4 KiB) make that a rare thing.
#pragma once

#include <cstddef>

namespace memory {

/// The size of a large page, and the alignment of blocks that are to consist of them.
inline constexpr std::size_t large_page = std::size_t{2} << 20U;

/// Asks for large pages for what is to be used of `size` bytes at `data`, before it is used. A wish
/// (madvise(2), MADV_HUGEPAGE): where there are none, and for less than one of them, nothing
/// happens.
void prefer_large_pages(void* data, std::size_t size);

/// Sets aside room for `count` elements of an empty string or vector, in large pages if it can be.
template <typename Container>
void reserve_in_large_pages(Container& container, std::size_t count) {
  container.reserve(count);
  prefer_large_pages(container.data(), count * sizeof(typename Container::value_type));
}

}  // namespace memory
