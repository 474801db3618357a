#include "fluke/stream_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "fluke/write_all.h"
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

StreamFile::StreamFile(const std::string& path, Start start)
    : path_(path),
      file_(
          ::open(path.c_str(),
                 O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (start == Start::empty ? O_TRUNC : 0),
                 0666)) {
  if (!file_.is_open()) {
    fail("open");
  }
}

void StreamFile::write(std::string_view text) {
  const WithoutBrokenPipe guard;
  if (!error_ && !write_all(file_.get(), text)) {
    fail("write");
  }
}

void StreamFile::fail(std::string_view operation) {
  error_ = fmt::format("cannot write the report {}: {}: {}", text::quoted(path_), operation,
                       std::strerror(errno));
}

}  // namespace fluke
