#include "hcl/syntax/arena.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace {

TEST(Arena, KeepsEverythingThatItIsGiven) {
  hcl::Arena arena;
  std::vector<const std::uint64_t*> numbers;
  for (std::uint64_t i = 0; i < 1'000'000; ++i) {
    numbers.push_back(arena.make(i));
  }
  for (std::uint64_t i = 0; i < numbers.size(); ++i) {
    ASSERT_EQ(*numbers[i], i);
  }
}

TEST(Arena, PutsEachTypeWhereItMayBe) {
  hcl::Arena arena;
  static_cast<void>(arena.copy_text("a"));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.make(1.5)) % alignof(double), 0U);
  static_cast<void>(arena.copy_text("abc"));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.make('a')) % alignof(char), 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.make(std::uint32_t{1})) % 4, 0U);
}

TEST(Arena, HoldsWhatIsLargerThanItsChunks) {
  hcl::Arena arena;
  const std::string large(50'000'000, 'x');
  const std::string_view copy = arena.copy_text(large);
  const char* behind = arena.make('y');
  EXPECT_EQ(copy, large);
  EXPECT_EQ(*behind, 'y');
}

}  // namespace
