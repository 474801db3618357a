// Picks the resources that --only and --skip leave.
#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "fluke/exit_code.h"
#include "fluke/options.h"
#include "manifest/manifest.h"

namespace fluke {

/// The resources that --only means (all, if there is none) less those that --skip means, in
/// the order in which they run; they point into `manifest`. Each entry is the name of a resource,
/// of a task, or of a block and so of all its instances, or a pattern with "*" and "?" for either;
/// what is a name is not read as a pattern. One that means no resource is a usage error, with the
/// nearest name.
[[nodiscard]] tl::expected<std::vector<const manifest::Resource*>, Failure> select(
    const manifest::Manifest& manifest, const Selection& selection, const Invocation& invocation);

}  // namespace fluke
