// Reads what a child prints: keeps the part that its command asks for and hands lines on.
#pragma once

#include <poll.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "file/descriptor.h"
#include "process/command.h"
#include "process/line_splitter.h"
#include "process/output_tail.h"
#include "process/result.h"
#include "process/runner.h"

namespace process {

class OutputPump {
 public:
  /// `output` and `errors` are the reading ends, which must not block; with merged streams `errors`
  /// is closed. `on_line` outlives the pump.
  OutputPump(file::Descriptor output, file::Descriptor errors, const Command& command,
             const LineSink& on_line);

  /// What to poll: an entry whose end has come is -1; during a rest, both are.
  [[nodiscard]] std::array<pollfd, 2> wanted() const;

  /// How long to wait at most, in a flood, before read_ready() is called again although nothing
  /// was polled, so that more gathers meanwhile.
  [[nodiscard]] std::optional<std::chrono::microseconds> rest() const;

  /// Reads what has gathered in each stream.
  void read_ready();

  /// After the child's end: reads what is in the pipes now, but does not wait for more, nor follow
  /// a daemon that goes on printing. Then closes them and fills in the output fields of `result`.
  void finish(Result& result);

 private:
  using Receiver = void (OutputPump::*)(std::string_view);

  std::size_t read_once(file::Descriptor& pipe, Receiver receive);
  std::size_t read_gathered(file::Descriptor& pipe, Receiver receive);
  void drain(file::Descriptor& pipe, Receiver receive);
  [[nodiscard]] Receiver output_receiver() const;
  void keep_beginning(std::string_view bytes);
  void keep_end(std::string_view bytes);

  file::Descriptor output_;
  file::Descriptor errors_;
  Streams streams_;
  std::size_t limit_;
  std::string beginning_;
  bool beginning_truncated_ = false;
  OutputTail end_;
  LineSplitter lines_;
  bool was_flooded_ = false;
  bool has_large_pipe_ = false;
  /// What the last read_ready() found.
  std::size_t gathered_ = 0;
  /// Only as much of it takes memory as was ever filled.
  std::unique_ptr<char[]> buffer_;
};

}  // namespace process
