#include "fluke/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "diagnostic/render.h"
#include "fluke/journal.h"

namespace fluke {

Output::Output(int fd)
    : fd_(fd), is_terminal_(::isatty(fd) == 1), is_journal_(fluke::is_journal(fd)), writer_(fd) {}

void Output::write(std::string_view lines, report::Urgency urgency) {
  if (is_journal_) {
    write(with_priority(lines, urgency));
  } else {
    write(lines);
  }
}

void Output::write(std::string_view text) {
  if (guard_) {
    writer_.write(guard_->pass(text));
  } else {
    writer_.write(text);
  }
}

std::size_t Output::columns() const {
  constexpr std::size_t usual = 80;
  winsize size{};
  return ::ioctl(fd_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

void Console::remark(std::string_view message) {
  err.write(fmt::format("fluke: {}\n", message), report::Urgency::info);
}

void Console::complain(std::string_view message) {
  err.write(fmt::format("fluke: {}\n", message), report::Urgency::error);
}

void Console::print(const diagnostic::Diagnostics& diagnostics, ColourMode colour) {
  err.write(
      diagnostic::render(
          diagnostics, use_colour(colour, err) ? diagnostic::Colour::on : diagnostic::Colour::off),
      diagnostic::has_errors(diagnostics) ? report::Urgency::error : report::Urgency::warning);
}

void Console::limit_waiting() {
  out.writer().limit_waiting();
  err.writer().limit_waiting();
}

bool Console::finish() {
  out.writer().finish();
  const auto lost = out.writer().problem();
  if (lost) {
    complain(fmt::format("cannot write to standard output: {}", *lost));
  }
  err.writer().finish();
  if (const auto lost_errors = err.writer().problem()) {
    complain(fmt::format("cannot write to standard error: {}", *lost_errors));
  }
  return !lost;
}

namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool is_dumb() {
  const char* terminal = std::getenv("TERM");
  return terminal != nullptr && std::string_view(terminal) == "dumb";
}

}  // namespace

bool use_colour(ColourMode mode, const Output& output) {
  if (mode != ColourMode::automatic) {
    return mode == ColourMode::always;
  }
  return output.is_terminal() && !is_set("NO_COLOR") && !is_dumb();
}

bool may_redraw(const Output& output) {
  return output.is_terminal() && !is_dumb() && !is_set("CI");
}

void open_standard_streams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      // Lower descriptors are open by now, so this one is what open(2) returns. It is opened the
      // wrong way round: using it fails as it would have on the closed stream.
      [[maybe_unused]] const int opened = ::open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
    }
  }
}

}  // namespace fluke
