#include "fluke/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "diagnostic/render.h"
#include "text/lines.h"
#include "text/quote.h"

namespace fluke {
namespace {

std::string_view prefix_of(report::Priority priority) {
  switch (priority) {
    case report::Priority::error:
      return "<3>";
    case report::Priority::warning:
      return "<4>";
    case report::Priority::info:
      break;
  }
  return "<6>";
}

/// How much of `line` is surely one for the journal, whose LineMax is 48 KiB by default.
std::size_t fitting(std::string_view line) {
  constexpr std::size_t most = std::size_t{32} << 10U;
  std::size_t size = std::min(line.size(), most);
  while (size < line.size() && size > most - 3 &&
         (static_cast<unsigned char>(line[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  return size;
}

}  // namespace

Output::Output(int fd)
    : fd_(fd), is_terminal_(::isatty(fd) == 1), is_journal_(fluke::is_journal(fd)), writer_(fd) {}

void Output::write(std::string_view lines, report::Priority priority) {
  if (is_journal_) {
    write(with_priority(lines, priority));
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

void Output::hold(std::string_view lines, report::Priority priority) {
  const std::string marked = is_journal_ ? with_priority(lines, priority) : "";
  const std::string_view text = is_journal_ ? std::string_view(marked) : lines;
  if (guard_) {
    writer_.hold(guard_->pass(text));
  } else {
    writer_.hold(text);
  }
}

std::size_t Output::columns() const {
  constexpr std::size_t usual = 80;
  winsize size{};
  return ::ioctl(fd_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

void Console::remark(std::string_view message) {
  err.write(fmt::format("fluke: {}\n", message), report::Priority::info);
}

void Console::complain(std::string_view message) {
  err.write(fmt::format("fluke: {}\n", message), report::Priority::error);
}

void Console::print(const diagnostic::Diagnostics& diagnostics, ColourMode colour) {
  err.write(
      diagnostic::render(
          diagnostics, use_colour(colour, err) ? diagnostic::Colour::on : diagnostic::Colour::off),
      diagnostic::has_errors(diagnostics) ? report::Priority::error : report::Priority::warning);
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

bool is_journal(int fd) {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  return stream != nullptr && ::fstat(fd, &status) == 0 &&
         fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

std::string with_priority(std::string_view lines, report::Priority priority) {
  const std::string_view prefix = prefix_of(priority);
  std::string marked;
  text::for_each_line(lines, [&](std::string_view line) {
    do {
      const std::string_view part = line.substr(0, fitting(line));
      marked += prefix;
      marked += part;
      marked += '\n';
      line.remove_prefix(part.size());
    } while (!line.empty());
  });
  return marked;
}

std::string with_output(std::string message, std::string_view lines) {
  text::for_each_line(
      lines, [&message](std::string_view line) { message += "\n  | " + text::neutralised(line); });
  return message;
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
