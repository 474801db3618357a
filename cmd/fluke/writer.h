// Writes to whoever reads at the other end of a pipe, a terminal or a socket, and does not let
// somebody who stops reading hold a run up.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "file/descriptor.h"

namespace fluke {

/// A reader who is slow is waited for. One who takes nothing for a second is not, until they read
/// again: what is written meanwhile is held, and dropped where it becomes too much. After the first
/// error nothing is written any more.
class Writer {
 public:
  /// `file` was opened with O_NONBLOCK.
  explicit Writer(file::Descriptor file);

  /// A descriptor that others share, and with it its flags: they stay as they are. Until
  /// limit_waiting() its reader is waited for as long as it takes.
  explicit Writer(int shared);

  void limit_waiting() { waits_for_ever_ = false; }

  void write(std::string_view text);

  /// Makes few large writes of the many small texts that come in a flood: keeps text back until
  /// there is enough of it, it has waited for too long, or flush() or write() is called.
  void hold(std::string_view text);

  /// Writes what is held, as far as its reader takes it.
  void flush();

  /// Waits some seconds for the reader to take what is held; what they leave is dropped.
  void finish();

  /// What went wrong: an error, or that not all was read.
  [[nodiscard]] std::optional<std::string> problem() const;

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] std::size_t take(std::string_view text);
  [[nodiscard]] bool wait_for_reader(Clock::time_point end) const;
  void push(std::chrono::milliseconds patience);

  file::Descriptor own_;
  int fd_;
  bool waits_for_ever_ = false;
  bool is_shared_ = false;
  /// A write could block.
  bool has_to_ask_ = false;
  std::string held_;
  Clock::time_point held_since_;
  /// The reader takes nothing; what is held is not empty.
  bool is_stalled_ = false;
  std::size_t dropped_ = 0;
  std::optional<int> error_;
};

}  // namespace fluke
