#include "process/cancellation.h"

#include <errno.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace process {
namespace {

constexpr std::size_t most_descriptors = 6;

bool is_ignored(int signal) {
  struct sigaction action = {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Sets the disposition of `signal` and gives the former one.
struct sigaction replace_disposition(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  struct sigaction former = {};
  action.sa_handler = handler;
  sigaction(signal, &action, &former);
  return former;
}

/// ppoll(2) until one of `descriptors` is ready, `end` has come (at once, if it is past; never, if
/// there is none), or a signal handler has run; on return every `revents` is set.
void poll_until(std::span<pollfd> descriptors, std::optional<Clock::time_point> end) {
  timespec left = {};
  if (end) {
    const std::chrono::nanoseconds rest =
        std::max<std::chrono::nanoseconds>(*end - Clock::now(), std::chrono::nanoseconds(0));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(rest);
    left.tv_sec = seconds.count();
    left.tv_nsec = (rest - seconds).count();
  }
  if (ppoll(descriptors.data(), descriptors.size(), end ? &left : nullptr, nullptr) < 0) {
    for (pollfd& descriptor : descriptors) {
      descriptor.revents = 0;
    }
  }
}

}  // namespace

Clock::time_point time_after(std::chrono::milliseconds duration) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 365 * 100);
  return Clock::now() + std::min(duration, longest);
}

tl::expected<Cancellation, int> Cancellation::create() {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGCHLD);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    if (!is_ignored(signal)) {
      sigaddset(&wanted, signal);
    }
  }
  file::Descriptor signals(signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals.is_open()) {
    return tl::unexpected(errno);
  }
  Former former = {};
  if (sigprocmask(SIG_BLOCK, &wanted, &former.mask) != 0) {
    return tl::unexpected(errno);
  }
  former.pipe = replace_disposition(SIGPIPE, SIG_IGN);
  former.child = replace_disposition(SIGCHLD, SIG_DFL);
  return Cancellation(std::move(signals), former);
}

Cancellation::Cancellation(file::Descriptor signals, const Former& former)
    : signals_(std::move(signals)), former_(former) {}

Cancellation::~Cancellation() {
  // What was moved from holds no descriptor, and has nothing to put back.
  if (signals_.is_open()) {
    drain();
    sigaction(SIGCHLD, &former_.child, nullptr);
    sigaction(SIGPIPE, &former_.pipe, nullptr);
    sigprocmask(SIG_SETMASK, &former_.mask, nullptr);
  }
}

std::optional<int> Cancellation::requested() {
  drain();
  check_deadline();
  return first_;
}

void Cancellation::set_deadline(Clock::time_point end) {
  deadline_ = end;
}

void Cancellation::reset() {
  drain();
  deadline_.reset();
  first_.reset();
  count_ = 0;
}

bool Cancellation::sleep(std::chrono::milliseconds duration) {
  const Clock::time_point end = time_after(duration);
  while (!requested()) {
    if (Clock::now() >= end) {
      return true;
    }
    wait({}, end);
  }
  return false;
}

bool Cancellation::wait(std::span<pollfd> descriptors, std::optional<Clock::time_point> end) {
  std::array<pollfd, most_descriptors + 1> all = {};
  const auto last =
      std::ranges::copy(descriptors.first(std::min(descriptors.size(), most_descriptors)),
                        all.begin())
          .out;
  *last = {.fd = signals_.get(), .events = POLLIN, .revents = 0};
  if (deadline_ && !first_) {
    end = std::min(end.value_or(*deadline_), *deadline_);
  }
  if (heartbeat_) {
    end = std::min(end.value_or(next_beat_), next_beat_);
  }
  wait_for({all.begin(), last + 1}, end);
  std::ranges::copy(all.begin(), last, descriptors.begin());
  const bool has_signals = last->revents != 0;
  if (has_signals) {
    drain();
  }
  check_deadline();
  beat_if_due();
  return has_signals;
}

void Cancellation::wait_for(std::span<pollfd> all, std::optional<Clock::time_point> end) {
  const Clock::time_point idle = idle_ ? time_after(idle_->after) : Clock::time_point::max();
  if (idle_ && end.value_or(idle) >= idle) {
    poll_until(all, idle);
    const auto is_ready = [](const pollfd& descriptor) { return descriptor.revents != 0; };
    if (std::ranges::any_of(all, is_ready)) {
      return;
    }
    idle_->call();
  }
  poll_until(all, end);
}

void Cancellation::set_heartbeat(Heartbeat heartbeat) {
  next_beat_ = time_after(heartbeat.interval);
  heartbeat_ = std::move(heartbeat);
}

void Cancellation::set_idle(Idle idle) {
  idle_ = std::move(idle);
}

void Cancellation::beat_if_due() {
  if (heartbeat_ && Clock::now() >= next_beat_) {
    heartbeat_->beat();
    next_beat_ = time_after(heartbeat_->interval);
  }
}

void Cancellation::drain() {
  signalfd_siginfo info = {};
  while (read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    if (info.ssi_signo == SIGCHLD) {
      continue;
    }
    if (!first_) {
      first_ = static_cast<int>(info.ssi_signo);
    }
    ++count_;
  }
}

void Cancellation::check_deadline() {
  if (deadline_ && !first_ && Clock::now() >= *deadline_) {
    first_ = SIGALRM;
    ++count_;
  }
}

}  // namespace process
