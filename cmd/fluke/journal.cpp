#include "fluke/journal.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>

#include "text/lines.h"

namespace fluke {
namespace {

std::string_view priority_of(report::Urgency urgency) {
  switch (urgency) {
    case report::Urgency::error:
      return "<3>";
    case report::Urgency::warning:
      return "<4>";
    case report::Urgency::info:
      break;
  }
  return "<6>";
}

}  // namespace

bool is_journal(int fd) {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  return stream != nullptr && ::fstat(fd, &status) == 0 &&
         fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

std::string with_priority(std::string_view lines, report::Urgency urgency) {
  const std::string_view priority = priority_of(urgency);
  std::string marked;
  text::for_each_line(lines, [&](std::string_view line) {
    marked += priority;
    marked += line;
    marked += '\n';
  });
  return marked;
}

}  // namespace fluke
