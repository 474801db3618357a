#include "fluke/journal.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
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
    do {
      const std::string_view part = line.substr(0, fitting(line));
      marked += priority;
      marked += part;
      marked += '\n';
      line.remove_prefix(part.size());
    } while (!line.empty());
  });
  return marked;
}

}  // namespace fluke
