// Why something could not be done with a file.
#pragma once

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace file {

struct Error {
  /// The step that failed, as a message names it: "open", "keep the owner".
  std::string_view operation;
  /// Its errno.
  int code = 0;
  /// The symbolic link that was not followed, if that is what is wrong.
  std::filesystem::path link;
};

[[nodiscard]] inline tl::unexpected<Error> failure(std::string_view operation, int code = errno) {
  return tl::unexpected(Error{.operation = operation, .code = code});
}

/// "open: No such file or directory", on one line, with what to do about a link.
[[nodiscard]] std::string describe(const Error& error);

}  // namespace file
