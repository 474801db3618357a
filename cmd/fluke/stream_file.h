// A file that is written piece by piece, in sight of those who read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "file/descriptor.h"
#include "file/error.h"

namespace fluke {

/// Written without a buffer. After the first error it takes no more.
class StreamFile {
 public:
  enum class Start : std::uint8_t { empty, at_its_end };

  StreamFile(const std::string& path, Start start);

  void write(std::string_view text);

  /// What went wrong first, as a message that names the file.
  [[nodiscard]] const std::optional<std::string>& error() const { return error_; }

 private:
  void fail(const file::Error& error);

  std::string path_;
  file::Descriptor file_;
  std::optional<std::string> error_;
};

}  // namespace fluke
