// Cuts a stream of bytes, as it comes, behind whole lines, and masks the secrets in lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "process/runner.h"
#include "text/secrets.h"

namespace process {

/// Hands lines to a sink, each ended by LF, as many at once as have come. What is longer than
/// `longest` becomes lines of that size. With an empty sink it does nothing.
class LineSplitter {
 public:
  static constexpr std::size_t longest = std::size_t{64} * 1024;

  /// `sink` outlives the splitter.
  explicit LineSplitter(const LineSink& sink) : sink_(sink) {}

  void append(std::string_view bytes);

  /// Hands over a last line that had no end.
  void finish();

 private:
  void append_part(std::string_view bytes);
  void extend(std::string_view part);
  void end_line();

  const LineSink& sink_;
  /// The beginning of a line whose end has not come yet; at most `longest` bytes.
  std::string begun_;
};

/// What hands the lines of a splitter on to `sink`, masked. `secrets` outlives it. A secret is
/// found as well where a line that is longer than the longest was cut in its middle.
[[nodiscard]] LineSink mask_lines(const text::Secrets& secrets, LineSink sink);

}  // namespace process
