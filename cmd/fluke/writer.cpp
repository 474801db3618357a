#include "fluke/writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <utility>

#include "text/quote.h"

namespace fluke {
namespace {

/// How long a reader may take nothing before they are no longer waited for, and at the end.
constexpr std::chrono::seconds idle_in_between(1);
constexpr std::chrono::seconds idle_at_the_end(5);
/// How long one write may take for a reader who takes little by little.
constexpr std::chrono::seconds longest_write(10);

constexpr std::size_t most_held = std::size_t{1} << 20U;

/// How much hold() collects, and for how long: a person who follows along does not notice.
constexpr std::size_t full = std::size_t{64} << 10U;
constexpr std::chrono::milliseconds longest_hold(50);

/// Whoever reads a pipe may go away: that is no reason to end a run.
class WithoutBrokenPipe {
 public:
  WithoutBrokenPipe() : former_(std::signal(SIGPIPE, SIG_IGN)) {}
  WithoutBrokenPipe(const WithoutBrokenPipe&) = delete;
  WithoutBrokenPipe& operator=(const WithoutBrokenPipe&) = delete;
  ~WithoutBrokenPipe() { std::signal(SIGPIPE, former_); }

 private:
  void (*former_)(int);
};

/// Whether a signal has come that process::Cancellation has not seen yet.
bool is_asked_to_stop() {
  sigset_t pending;
  sigemptyset(&pending);
  ::sigpending(&pending);
  const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  return std::ranges::any_of(signals,
                             [&](int signal) { return sigismember(&pending, signal) == 1; });
}

}  // namespace

Writer::Writer(file::Descriptor file) : own_(std::move(file)), fd_(own_.get()) {}

Writer::Writer(int shared) : fd_(shared), waits_for_ever_(true), is_shared_(true) {
  struct stat status {};
  const bool is_known = ::fstat(shared, &status) == 0;
  const bool is_pipe = is_known && S_ISFIFO(status.st_mode);
  if (is_pipe || ::isatty(shared) == 1) {
    const std::string path = fmt::format("/proc/self/fd/{}", shared);
    own_ = file::Descriptor(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    has_to_ask_ = !own_.is_open();
  }
  has_to_ask_ = has_to_ask_ || (is_known && S_ISSOCK(status.st_mode));
  fd_ = own_.is_open() ? own_.get() : shared;
}

void Writer::write(std::string_view text) {
  flush();
  if (!is_stalled_ && !error_) {
    text.remove_prefix(take(text));
  }
  if (error_ || text.empty()) {
    return;
  }
  if (is_stalled_ && held_.size() + text.size() > most_held) {
    dropped_ += text.size();
    // What is written next may be the rest of a line.
    held_ += held_.ends_with('\n') ? "" : "\n";
    return;
  }
  held_ += text;
  if (!is_stalled_) {
    push(idle_in_between);
  }
}

void Writer::hold(std::string_view text) {
  const Clock::time_point now = Clock::now();
  if (held_.empty()) {
    held_since_ = now;
  }
  if (is_stalled_ || held_.size() + text.size() >= full || now - held_since_ >= longest_hold) {
    write(text);
  } else {
    held_ += text;
  }
}

void Writer::flush() {
  if (!held_.empty()) {
    push(is_stalled_ ? std::chrono::milliseconds(0) : idle_in_between);
  }
}

void Writer::finish() {
  push(idle_at_the_end);
  dropped_ += std::exchange(held_, {}).size();
  is_stalled_ = false;
}

std::optional<std::string> Writer::problem() const {
  if (error_) {
    return fmt::format("write: {}", std::strerror(*error_));
  }
  return dropped_ == 0
             ? std::nullopt
             : std::optional(fmt::format("its reader stopped reading, and {} of it are lost",
                                         text::counted(dropped_, "byte")));
}

/// Writes what the reader takes at once; how much that is.
std::size_t Writer::take(std::string_view text) {
  std::optional<WithoutBrokenPipe> guard;
  if (!is_shared_) {
    guard.emplace();
  }
  std::size_t taken = 0;
  while (taken < text.size() && !error_) {
    // What polls writable takes so much without blocking.
    const std::string_view part = text.substr(taken, has_to_ask_ ? PIPE_BUF : text.size());
    pollfd writable{.fd = fd_, .events = POLLOUT, .revents = 0};
    if (has_to_ask_ && ::poll(&writable, 1, 0) != 1) {
      break;
    }
    const ssize_t count = ::write(fd_, part.data(), part.size());
    if (count < 0 && errno == EAGAIN) {
      break;
    }
    if (count < 0 && errno != EINTR) {
      error_ = errno;
    }
    taken += count < 0 ? 0 : static_cast<std::size_t>(count);
  }
  return taken;
}

/// Whether they take more; false at `end`, or when fluke is asked to stop.
bool Writer::wait_for_reader(Clock::time_point end) const {
  using std::chrono::milliseconds;
  constexpr milliseconds slice(50);
  pollfd writable{.fd = fd_, .events = POLLOUT, .revents = 0};
  milliseconds left = slice;
  while (left.count() > 0 && !is_asked_to_stop()) {
    if (!waits_for_ever_) {
      left = std::chrono::ceil<milliseconds>(end - Clock::now());
    }
    if (::poll(&writable, 1, static_cast<int>(std::clamp(left, milliseconds(0), slice).count())) ==
        1) {
      return true;
    }
  }
  return false;
}

/// Writes what is held for as long as its reader takes some of it within `patience`.
void Writer::push(std::chrono::milliseconds patience) {
  std::string_view left = held_;
  const Clock::time_point latest = Clock::now() + longest_write;
  Clock::time_point end = Clock::now() + patience;
  while (!left.empty() && !error_) {
    if (const std::size_t taken = take(left); taken > 0) {
      left.remove_prefix(taken);
      end = std::min(Clock::now() + patience, latest);
    } else if (!wait_for_reader(end)) {
      break;
    }
  }
  held_.erase(0, error_ ? held_.size() : held_.size() - left.size());
  is_stalled_ = !held_.empty();
}

}  // namespace fluke
