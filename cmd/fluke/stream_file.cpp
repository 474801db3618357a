#include "fluke/stream_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <csignal>

#include "file/place.h"
#include "file/write.h"
#include "text/quote.h"

namespace fluke {
namespace {

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

}  // namespace

StreamFile::StreamFile(const std::string& path, Start start) : path_(path) {
  const auto place = file::find_place(path, file::Links::trusted);
  if (!place) {
    fail(place.error());
    return;
  }
  file_ = place->open(O_WRONLY | O_CREAT | O_APPEND | (start == Start::empty ? O_TRUNC : 0));
  if (!file_.is_open()) {
    fail({.operation = "open", .code = errno});
  }
}

void StreamFile::write(std::string_view text) {
  const WithoutBrokenPipe guard;
  if (error_) {
    return;
  }
  if (const auto written = file::write_all(file_.get(), text); !written) {
    fail({.operation = "write", .code = written.error()});
  }
}

void StreamFile::fail(const file::Error& error) {
  error_ =
      fmt::format("cannot write the report {}: {}", text::quoted(path_), file::describe(error));
}

}  // namespace fluke
