#include "fluke/splay.h"

#include <cstdint>

namespace fluke {
namespace {

/// FNV-1a, and then a last mixing (of SplitMix64): names that differ in one digit come out far
/// apart.
std::uint64_t hash(std::string_view name) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char c : name) {
    value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111eb;
  return value ^ (value >> 31U);
}

}  // namespace

std::chrono::milliseconds splay_of(std::string_view name, std::chrono::milliseconds longest) {
  // The 53 bits that a double holds.
  const double fraction = static_cast<double>(hash(name) >> 11U) * 0x1p-53;
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(fraction * static_cast<double>(longest.count())));
}

}  // namespace fluke
