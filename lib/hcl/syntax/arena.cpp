#include "hcl/syntax/arena.h"

#include <algorithm>

namespace hcl {
namespace {

/// Each chunk is four times as large as the one before.
constexpr std::size_t first_chunk = std::size_t{4} << 10U;
constexpr std::size_t largest_chunk = std::size_t{32} << 20U;

}  // namespace

void Arena::add_chunk(std::size_t size) {
  const std::size_t next =
      chunks_.empty() ? first_chunk : std::min(4 * chunks_.back().size, largest_chunk);
  const std::size_t wanted = std::max(size, next);
  chunks_.push_back({.begin = std::make_unique_for_overwrite<std::byte[]>(wanted), .size = wanted});
  next_ = chunks_.back().begin.get();
  room_ = wanted;
}

void Arena::clear() {
  if (chunks_.empty()) {
    return;
  }
  chunks_.erase(chunks_.begin(), chunks_.end() - 1);
  next_ = chunks_.back().begin.get();
  room_ = chunks_.back().size;
}

}  // namespace hcl
