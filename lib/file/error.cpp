#include "file/error.h"

#include <fmt/format.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "text/quote.h"

namespace file {

std::string describe(const Error& error) {
  if (!error.link.empty()) {
    return fmt::format(
        "{} is a symbolic link that neither root nor this user made; name the file itself",
        text::quoted(error.link.string()));
  }
  // What open(2) says of a FIFO.
  const std::string remedy = error.code == ENXIO ? "; a FIFO needs somebody who reads it" : "";
  return fmt::format("{}: {}{}", error.operation, std::generic_category().message(error.code),
                     remedy);
}

}  // namespace file
