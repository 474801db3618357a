// What a fuzzer says about an input that breaks a promise: its name, and then an abort, which
// libFuzzer takes for a crash and keeps the input of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"

namespace fuzz {

/// Ends the program unless `holds`.
void promise(bool holds, std::string_view what);

/// Ends the program unless every diagnostic points into its file and is fit for a terminal.
void promise_sound(const diagnostic::Diagnostics& diagnostics);

[[nodiscard]] inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace fuzz
