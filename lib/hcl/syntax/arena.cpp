#include "hcl/syntax/arena.h"

#include <algorithm>

namespace hcl {
namespace {

/// Each chunk is four times as large as the one before.
constexpr std::size_t first_chunk = std::size_t{4} << 10U;
constexpr std::size_t largest_chunk = std::size_t{32} << 20U;

}  // namespace

void Arena::add_chunk(std::size_t size) {
  const std::size_t next = std::clamp(4 * last_size_, first_chunk, largest_chunk);
  room_ = last_size_ = std::max(size, next);
  next_ = chunks_.emplace_back(std::make_unique_for_overwrite<std::byte[]>(room_)).get();
}

}  // namespace hcl
