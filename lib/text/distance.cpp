#include "text/distance.h"

#include <algorithm>
#include <vector>

namespace text {
namespace {

/// How many edits apart two names may be for one to be taken for a slip of the other.
std::size_t furthest(std::string_view a, std::string_view b) {
  return std::max<std::size_t>(1, std::max(a.size(), b.size()) / 3);
}

std::size_t length_difference(std::string_view a, std::string_view b) {
  return a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
}

template <typename Name>
std::optional<std::string_view> nearest_of(std::string_view wanted, std::span<const Name> known) {
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : known) {
    const std::size_t limit = furthest(wanted, candidate);
    if (length_difference(wanted, candidate) > limit) {
      continue;
    }
    const std::size_t distance = edit_distance(wanted, candidate);
    const bool nothing_in_common = distance >= std::max(wanted.size(), candidate.size());
    if (distance > limit || (nothing_in_common && distance > 0)) {
      continue;
    }
    if (!best || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the usual table: a swap of neighbours looks back two.
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substituted});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

std::optional<std::string_view> nearest(std::string_view wanted,
                                        std::span<const std::string> known) {
  return nearest_of(wanted, known);
}

std::optional<std::string_view> nearest(std::string_view wanted,
                                        std::span<const std::string_view> known) {
  return nearest_of(wanted, known);
}

}  // namespace text
