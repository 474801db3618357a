// Picks the resources that --only and --skip leave.
#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "manifest/manifest.h"

namespace fluke {

/// The resources named by `only` (all, if it is empty) less those named by `skip`, in declaration
/// order; they point into `manifest`. A name that no resource has is an error: the message of a
/// usage error, with the nearest name.
[[nodiscard]] tl::expected<std::vector<const manifest::Resource*>, std::string> select(
    const manifest::Manifest& manifest, std::span<const std::string> only,
    std::span<const std::string> skip);

}  // namespace fluke
