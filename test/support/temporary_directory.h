// A directory that goes when the test does.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace support {

class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(
      const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  /// Absolute, without symbolic links in it.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Writes a file, making the directories above it.
  std::filesystem::path write(const std::filesystem::path& relative, std::string_view text) const;

 private:
  std::filesystem::path path_;
};

/// The whole of a file, or the empty text if it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

}  // namespace support
