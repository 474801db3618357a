// Decodes manifests: HCL text to Manifest, with every rule of fluke-manifest(5) checked.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "manifest/manifest.h"

namespace manifest {

/// What `env(name)` answers.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view name)>;

struct DecodeResult {
  /// Complete only if `diagnostics` holds no error.
  Manifest manifest;
  /// Everything that is wrong, in file order.
  diagnostic::Diagnostics diagnostics;
};

/// Parses, merges and decodes `sources`, which outlive the result: its diagnostics and resources
/// point to their texts.
[[nodiscard]] DecodeResult decode(std::span<const Source> sources,
                                  const EnvironmentLookup& environment);

}  // namespace manifest
