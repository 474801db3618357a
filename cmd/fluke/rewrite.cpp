#include "fluke/rewrite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "fluke/replace_file.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::unexpected<std::string> failure(const std::filesystem::path& file, std::string_view reason) {
  return tl::unexpected(fmt::format("cannot rewrite {}: {}", text::quoted(file.string()), reason));
}

}  // namespace

tl::expected<void, std::string> rewrite(const std::filesystem::path& file, std::string_view text) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(file, error);
  struct stat model {};
  if (error || ::stat(target.c_str(), &model) != 0) {
    return failure(file, std::strerror(error ? error.value() : errno));
  }
  if (!S_ISREG(model.st_mode)) {
    return failure(file, "it is not a regular file; use - to format standard input");
  }
  if (::faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0) {
    return failure(file, std::strerror(errno));
  }
  Inheritance inheritance = Inheritance::of(model);
  inheritance.owner_is_needed = true;
  if (const auto replaced = replace_file(target, text, inheritance); !replaced) {
    return failure(file, fmt::format("{}: {}", replaced.error().operation,
                                     std::strerror(replaced.error().error)));
  }
  return {};
}

}  // namespace fluke
