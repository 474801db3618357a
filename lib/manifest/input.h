// Reads a whole text from a descriptor.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace manifest {

inline constexpr std::size_t max_text_size = std::size_t{1} << 30U;

/// Why a text could not be read: an errno, or 0 where it is larger than `max_text_size`.
struct ReadFailure {
  int error = 0;
};

/// "No such file or directory; check the path". `what` is a noun with its article, which stands in
/// "a manifest is at most 1 GiB large".
[[nodiscard]] std::string describe(ReadFailure failure, std::string_view what);

/// A descriptor that is closed at the end, unless it is standard input.
class Input {
 public:
  explicit Input(int descriptor) : descriptor_(descriptor) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input();

  /// Reads to the end. `expected_size` is how many bytes there probably are, or 0.
  [[nodiscard]] tl::expected<std::string, ReadFailure> read_all(std::size_t expected_size) const;

 private:
  int descriptor_;
};

}  // namespace manifest
