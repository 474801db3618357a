// Reads what a child prints: keeps the part that its command asks for and hands lines on.
#pragma once

#include <poll.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "file/descriptor.h"
#include "process/command.h"
#include "process/line_splitter.h"
#include "process/result.h"
#include "process/runner.h"

namespace process {

/// The last `limit` bytes of what is appended; takes twice as much memory at most.
class OutputTail {
 public:
  explicit OutputTail(std::size_t limit) : limit_(limit) {}

  void append(std::string_view bytes);

  /// Whether more was appended than is kept.
  [[nodiscard]] bool truncated() const { return truncated_; }

  /// What is kept; leaves nothing behind.
  [[nodiscard]] std::string take();

 private:
  void shrink();

  std::size_t limit_;
  std::string bytes_;
  bool truncated_ = false;
};

class OutputPump {
 public:
  /// `output` and `errors` are the reading ends, which must not block; with merged streams `errors`
  /// is closed. `on_line` outlives the pump.
  OutputPump(file::Descriptor output, file::Descriptor errors, const Command& command,
             const LineSink& on_line);

  /// What to poll: an entry whose end has come is -1.
  [[nodiscard]] std::array<pollfd, 2> wanted() const;

  /// Reads from each stream once.
  void read_ready();

  /// After the child's end: reads what is in the pipes now, but does not wait for more, nor follow
  /// a daemon that goes on printing. Then closes them and fills in the output fields of `result`.
  void finish(Result& result);

 private:
  using Receiver = void (OutputPump::*)(std::string_view);

  std::size_t read_once(file::Descriptor& pipe, Receiver receive);
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
  std::vector<char> buffer_;
};

}  // namespace process
