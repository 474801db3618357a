// Writes a whole text to a descriptor, however many calls it takes.
#pragma once

#include <string_view>

namespace fluke {

/// False where a write failed; errno then says why.
[[nodiscard]] bool write_all(int fd, std::string_view text);

}  // namespace fluke
