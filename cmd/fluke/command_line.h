// What each command takes, told to CLI11.
#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <span>
#include <string_view>

#include "fluke/raw_options.h"

namespace fluke {

/// Parses into `raws`, which outlive it. Only a command that `words` name gets its options: to make
/// those of all takes longer than the rest of a run of nothing.
[[nodiscard]] std::unique_ptr<CLI::App> make_app(Raws& raws,
                                                 std::span<const std::string_view> words);

}  // namespace fluke
