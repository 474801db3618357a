#include "hcl/syntax/arena.h"

#include <algorithm>

#include "memory/large_pages.h"

namespace hcl {
namespace {

/// Each chunk is four times as large as the one before: what a chunk does not use is not even
/// there, and large pages are soon reached.
constexpr std::size_t first_chunk = std::size_t{4} << 10U;
constexpr std::size_t largest_chunk = std::size_t{32} << 20U;

}  // namespace

void Arena::add_chunk(std::size_t size) {
  const std::size_t next =
      chunks_.empty() ? first_chunk : std::min(4 * chunks_.back().size, largest_chunk);
  const std::size_t wanted = std::max(size, next);
  const bool is_large = wanted >= 2 * memory::large_page;
  const std::align_val_t alignment{is_large ? memory::large_page : alignof(std::max_align_t)};
  chunks_.reserve(chunks_.size() + 1);
  auto* begin = static_cast<std::byte*>(::operator new(wanted, alignment));
  chunks_.push_back({.begin = {begin, Free{alignment}}, .size = wanted});
  memory::prefer_large_pages(begin, wanted);
  next_ = begin;
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
