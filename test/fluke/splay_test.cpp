#include "fluke/splay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace {

using std::chrono_literals::operator""ms;

TEST(Splay, IsAlwaysTheSameForOneHost) {
  EXPECT_EQ(fluke::splay_of("web-1", 300000ms), fluke::splay_of("web-1", 300000ms));
  EXPECT_NE(fluke::splay_of("web-1", 300000ms), fluke::splay_of("web-2", 300000ms));
}

/// Names that people give to the hosts of a fleet, and no luck with one of them.
TEST(Splay, SpreadsAFleetEvenly) {
  for (const std::string prefix : {"web-", "node", "ip-10-0-0-", "db.eu-west."}) {
    std::array<int, 10> hosts{};
    for (int i = 0; i < 2000; ++i) {
      const auto turn = fluke::splay_of(prefix + std::to_string(i), 1000ms);
      ASSERT_GE(turn, 0ms);
      ASSERT_LT(turn, 1000ms);
      ++hosts[static_cast<std::size_t>(turn.count() / 100)];
    }
    EXPECT_GT(*std::ranges::min_element(hosts), 150) << prefix;
    EXPECT_LT(*std::ranges::max_element(hosts), 250) << prefix;
  }
}

}  // namespace
