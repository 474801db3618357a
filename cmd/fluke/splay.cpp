#include "fluke/splay.h"

#include <fmt/format.h>

#include <cstdint>

#include "fluke/documents.h"
#include "text/duration.h"

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

void wait_for_turn(const Options& options, process::Cancellation& cancellation, Console& console) {
  if (options.splay.count() == 0) {
    return;
  }
  const std::chrono::milliseconds turn = splay_of(host_name(), options.splay);
  if (options.verbose) {
    console.remark(fmt::format("waiting {} of up to {}; each host has a time of its own",
                               text::human_duration(turn), text::format_duration(options.splay)));
  }
  // Whether a signal has ended the wait is the first thing that the run asks.
  static_cast<void>(cancellation.sleep(turn));
}

}  // namespace fluke
