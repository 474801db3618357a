// Spreads the runs of a fleet over time: each host waits for as long as its name says, so that they
// do not fall upon one git server all at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace fluke {

/// How long the host called `name` waits: always the same, from nothing up to `longest`; the names
/// of a fleet come out evenly spread.
[[nodiscard]] constexpr std::chrono::milliseconds splay_of(std::string_view name,
                                                           std::chrono::milliseconds longest) {
  // FNV-1a, and then a last mixing (of SplitMix64): names that differ in one digit come out far
  // apart.
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111eb;
  hash ^= hash >> 31U;
  // The 53 bits that a double holds.
  const double fraction = static_cast<double>(hash >> 11U) * 0x1p-53;
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(fraction * static_cast<double>(longest.count())));
}

}  // namespace fluke
