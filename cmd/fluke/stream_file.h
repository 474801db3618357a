// A file that is written piece by piece, in sight of those who read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "file/error.h"
#include "fluke/writer.h"

namespace fluke {

/// Written without a buffer. After the first error it takes no more.
class StreamFile {
 public:
  enum class Start : std::uint8_t { empty, at_its_end };

  /// For the reader of a FIFO it waits a moment: both may have been started at once.
  StreamFile(const std::string& path, Start start);

  void write(std::string_view text);

  /// After the last write. The error is what went wrong, as a message that names the file.
  [[nodiscard]] tl::expected<void, std::string> finish();

 private:
  std::string path_;
  std::optional<file::Error> cannot_open_;
  std::optional<Writer> writer_;
};

}  // namespace fluke
