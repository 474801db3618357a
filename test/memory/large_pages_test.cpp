#include "memory/large_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <string>

namespace {

constexpr std::size_t size = 5 * memory::large_page + 12'345;

TEST(LargePages, ChangeNothingThatIsThereAlready) {
  std::string text(size, 'x');
  memory::prefer_large_pages(text.data(), text.size());
  EXPECT_EQ(std::ranges::count(text, 'x'), static_cast<std::ptrdiff_t>(size));
}

TEST(LargePages, AreOnlyAWish) {
  std::string text(size, '\0');
  errno = ENOENT;
  memory::prefer_large_pages(text.data() + 1, text.size() - 1);
  memory::prefer_large_pages(text.data(), 1);
  memory::prefer_large_pages(nullptr, 0);
  EXPECT_EQ(errno, ENOENT);
}

}  // namespace
