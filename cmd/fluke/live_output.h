// Makes few large writes of the many small texts that come in a flood.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "fluke/console.h"

namespace fluke {

/// Holds text back until its buffer is full, the text has waited for too long, or somebody calls
/// flush() because no more is coming. Full writes have a round size and begin at a round place of
/// a file, which the kernel takes fastest.
class LiveOutput {
 public:
  explicit LiveOutput(Output& output) : output_(output) {}
  LiveOutput(const LiveOutput&) = delete;
  LiveOutput& operator=(const LiveOutput&) = delete;
  ~LiveOutput() { flush(); }

  void add(std::string_view text);
  void flush();

 private:
  Output& output_;
  std::string held_;
  std::chrono::steady_clock::time_point held_since_;
};

}  // namespace fluke
