#include "process/output_pump.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace process {
namespace {

constexpr std::size_t read_size = std::size_t{256} * 1024;
constexpr std::size_t kept_of_errors = std::size_t{64} * 1024;

/// A read of so much is half of what an ordinary pipe holds: the child prints in a flood.
constexpr std::size_t flood = std::size_t{32} * 1024;
/// Then it gets a pipe that holds the most that one may without privileges, by default: the child
/// is seldom held up, and is read in large pieces.
constexpr std::size_t flooded_pipe_size = std::size_t{1024} * 1024;
/// And it is left alone for so long between two reads: to be woken for every few lines costs both
/// sides more than the lines do. The pipe is not full before that, unless the child prints more
/// than two gigabytes a second.
constexpr std::chrono::microseconds flooded_rest(500);

}  // namespace

OutputPump::OutputPump(file::Descriptor output, file::Descriptor errors, const Command& command,
                       const LineSink& on_line)
    : output_(std::move(output)),
      errors_(std::move(errors)),
      streams_(command.streams),
      limit_(command.keep_bytes),
      end_(command.streams == Streams::merged ? command.keep_bytes : kept_of_errors),
      lines_(on_line),
      buffer_(std::make_unique_for_overwrite<char[]>(read_size)) {}

std::array<pollfd, 2> OutputPump::wanted() const {
  const bool rests = rest().has_value();
  return {pollfd{.fd = rests ? -1 : output_.get(), .events = POLLIN, .revents = 0},
          pollfd{.fd = rests ? -1 : errors_.get(), .events = POLLIN, .revents = 0}};
}

std::optional<std::chrono::microseconds> OutputPump::rest() const {
  // What goes on after as much as the pipe holds needs no time to gather.
  const bool gathers = gathered_ >= flood && gathered_ < flooded_pipe_size;
  return has_large_pipe_ && gathers ? std::optional(flooded_rest) : std::nullopt;
}

void OutputPump::read_ready() {
  gathered_ = read_gathered(output_, output_receiver());
  gathered_ += read_gathered(errors_, &OutputPump::keep_end);
}

void OutputPump::finish(Result& result) {
  drain(output_, output_receiver());
  drain(errors_, &OutputPump::keep_end);
  lines_.finish();
  if (streams_ == Streams::merged) {
    result.output_truncated = end_.truncated();
    result.output = end_.take();
  } else {
    result.output_truncated = beginning_truncated_;
    result.output = std::exchange(beginning_, {});
    result.error_output = end_.take();
  }
}

OutputPump::Receiver OutputPump::output_receiver() const {
  return streams_ == Streams::merged ? &OutputPump::keep_end : &OutputPump::keep_beginning;
}

/// Gives the number of bytes read; closes the pipe at its end.
std::size_t OutputPump::read_once(file::Descriptor& pipe, Receiver receive) {
  if (!pipe.is_open()) {
    return 0;
  }
  const ssize_t count = read(pipe.get(), buffer_.get(), read_size);
  if (count > 0) {
    const auto size = static_cast<std::size_t>(count);
    if (size >= flood && !std::exchange(was_flooded_, true)) {
      // Where the system refuses, the pipe stays as it is.
      has_large_pipe_ = fcntl(pipe.get(), F_SETPIPE_SZ, int{flooded_pipe_size}) >= 0;
    }
    (this->*receive)({buffer_.get(), size});
    return size;
  }
  if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    pipe.close();
  }
  return 0;
}

/// No more than a pipe holds, so that a child that prints for ever holds nothing else up.
std::size_t OutputPump::read_gathered(file::Descriptor& pipe, Receiver receive) {
  std::size_t gathered = 0;
  for (std::size_t size = read_size; size == read_size && gathered < flooded_pipe_size;
       gathered += size) {
    size = read_once(pipe, receive);
  }
  return gathered;
}

void OutputPump::drain(file::Descriptor& pipe, Receiver receive) {
  int waiting = 0;
  if (pipe.is_open() && ioctl(pipe.get(), FIONREAD, &waiting) == 0) {
    auto left = static_cast<std::size_t>(waiting);
    while (left > 0) {
      const std::size_t size = read_once(pipe, receive);
      if (size == 0) {
        break;
      }
      left -= std::min(left, size);
    }
  }
  pipe.close();
}

void OutputPump::keep_beginning(std::string_view bytes) {
  const std::string_view fitting = bytes.substr(0, limit_ - beginning_.size());
  beginning_.append(fitting);
  beginning_truncated_ = beginning_truncated_ || fitting.size() < bytes.size();
}

void OutputPump::keep_end(std::string_view bytes) {
  end_.append(bytes);
  lines_.append(bytes);
}

}  // namespace process
