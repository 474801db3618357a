#include "process/output_pump.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace process {
namespace {

/// As much as a pipe holds.
constexpr std::size_t read_size = std::size_t{64} * 1024;
constexpr std::size_t kept_of_errors = std::size_t{64} * 1024;

}  // namespace

void OutputTail::append(std::string_view bytes) {
  truncated_ = truncated_ || bytes.size() > limit_ - std::min(bytes_.size(), limit_);
  if (bytes.size() >= limit_) {
    bytes_.clear();
  }
  bytes_.append(bytes.substr(bytes.size() - std::min(bytes.size(), limit_)));
  if (bytes_.size() >= 2 * limit_) {
    shrink();
  }
}

std::string OutputTail::take() {
  shrink();
  bytes_.shrink_to_fit();
  return std::exchange(bytes_, {});
}

void OutputTail::shrink() {
  bytes_.erase(0, bytes_.size() - std::min(bytes_.size(), limit_));
}

OutputPump::OutputPump(file::Descriptor output, file::Descriptor errors, const Command& command,
                       const LineSink& on_line)
    : output_(std::move(output)),
      errors_(std::move(errors)),
      streams_(command.streams),
      limit_(command.keep_bytes),
      end_(command.streams == Streams::merged ? command.keep_bytes : kept_of_errors),
      lines_(on_line),
      buffer_(read_size) {}

std::array<pollfd, 2> OutputPump::wanted() const {
  return {pollfd{.fd = output_.get(), .events = POLLIN, .revents = 0},
          pollfd{.fd = errors_.get(), .events = POLLIN, .revents = 0}};
}

void OutputPump::read_ready() {
  read_once(output_, output_receiver());
  read_once(errors_, &OutputPump::keep_end);
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
  const ssize_t count = read(pipe.get(), buffer_.data(), buffer_.size());
  if (count > 0) {
    (this->*receive)({buffer_.data(), static_cast<std::size_t>(count)});
    return static_cast<std::size_t>(count);
  }
  if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    pipe.close();
  }
  return 0;
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
