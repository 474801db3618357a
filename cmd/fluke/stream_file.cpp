#include "fluke/stream_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "file/resolve.h"
#include "text/quote.h"

namespace fluke {
namespace {

file::Descriptor open_when_read(const file::ResolvedPath& place, int flags) {
  using std::chrono::steady_clock;
  constexpr std::chrono::seconds patience(1);
  constexpr std::chrono::milliseconds pause(10);
  const steady_clock::time_point end = steady_clock::now() + patience;
  file::Descriptor file = place.open(flags);
  while (!file.is_open() && errno == ENXIO && steady_clock::now() < end) {
    std::this_thread::sleep_for(pause);
    file = place.open(flags);
  }
  return file;
}

}  // namespace

StreamFile::StreamFile(const std::string& path, Start start) : path_(path) {
  const auto place = file::resolve(path, file::Links::trusted);
  if (!place) {
    cannot_open_ = place.error();
    return;
  }
  file::Descriptor file =
      open_when_read(*place, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY |
                                 (start == Start::empty ? O_TRUNC : 0));
  if (!file.is_open()) {
    cannot_open_ = file::Error{.operation = "open", .code = errno};
    return;
  }
  writer_.emplace(std::move(file));
}

void StreamFile::write(std::string_view text) {
  if (writer_) {
    writer_->write(text);
  }
}

tl::expected<void, std::string> StreamFile::finish() {
  std::optional<std::string> problem;
  if (cannot_open_) {
    problem = file::describe(*cannot_open_);
  } else {
    writer_->finish();
    problem = writer_->problem();
  }
  if (!problem) {
    return {};
  }
  return tl::unexpected(
      fmt::format("cannot write the report {}: {}", text::quoted(path_), *problem));
}

}  // namespace fluke
