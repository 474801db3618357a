#include "file/error.h"

#include <fmt/format.h>

#include <system_error>

#include "text/quote.h"

namespace file {

std::string describe(const Error& error) {
  if (!error.link.empty()) {
    return fmt::format(
        "{} is a symbolic link that neither root nor this user made; name the file itself",
        text::quoted(error.link.string()));
  }
  return fmt::format("{}: {}", error.operation, std::generic_category().message(error.code));
}

}  // namespace file
