// Writes reports to files: piece by piece as they are made, or whole or not at all. Their errors
// are ExitCode::report_not_written, and name the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "file/error.h"
#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "fluke/writer.h"

namespace fluke {

/// A file that is written piece by piece, in sight of those who read it, without a buffer. After
/// the first error it takes no more.
class StreamFile {
 public:
  enum class Mode : std::uint8_t { truncate, append };

  /// For the reader of a FIFO it waits a moment: both may have been started at once.
  StreamFile(const std::string& path, Mode mode);

  void write(std::string_view text);

  /// After the last write.
  [[nodiscard]] tl::expected<void, Failure> finish();

 private:
  std::string path_;
  tl::expected<Writer, file::Error> writer_;
};

/// Writes `text` beside `path` and renames it into place; a symbolic link is followed, if it is one
/// of root or of the effective user. A new file has the mode that the umask leaves; over an
/// existing one its mode stays, and its owner where that is permitted: whoever may read the report
/// tomorrow was decided when the file was made. What is not a regular file (a FIFO, /dev/stderr) is
/// written to as a StreamFile.
[[nodiscard]] tl::expected<void, Failure> write_report(const std::filesystem::path& path,
                                                       std::string_view text);

/// The first of `reports` that must not be written where it is to go: there is a manifest or a file
/// of values of this command line, or another report goes there, by this name or by another one.
[[nodiscard]] std::optional<std::string> find_overwritten(const Inputs& inputs,
                                                          std::span<const ReportFile> reports);

}  // namespace fluke
