// What each command takes, told to CLI11.
#pragma once

#include <CLI/App.hpp>
#include <memory>

#include "fluke/raw_options.h"

namespace fluke {

/// Parses into `raws`, which outlive it.
[[nodiscard]] std::unique_ptr<CLI::App> make_app(Raws& raws);

}  // namespace fluke
