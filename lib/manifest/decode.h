// Decodes manifests: HCL text to Manifest, with every rule of fluke-manifest(5) checked.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "manifest/given.h"
#include "manifest/manifest.h"
#include "manifest/masking.h"

namespace manifest {

/// What `env(name)` answers.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view name)>;

struct DecodeResult {
  /// Complete only if `diagnostics` holds no error.
  Manifest manifest;
  /// Everything that is wrong, in file order.
  diagnostic::Diagnostics diagnostics;
  /// There is a block of one of the types, though it may stand for no resource on this host.
  bool declares_resources = false;
  /// Texts that the diagnostics point into, apart from those of the sources.
  SourceFiles texts;
};

/// Who decodes, what, and for which host.
struct Decoder {
  /// This fluke's, "0.1.0". Without one, every required_version is met.
  std::string_view version = {};
  /// Labels of the host, "NAME=VALUE" each, that count more than those of a `host` block.
  std::span<const std::string> labels = {};
  /// Some manifests are not there yet: what they may declare is no mistake to refer to.
  bool lacks_sources = false;
};

/// Parses, merges and decodes `sources`, whose resources are of `types`. Variables get their values
/// from `given`, where the later one of two counts, or else from `environment`. All of it outlives
/// the result: its diagnostics and resources point to the texts. Manifests that demand another
/// fluke are not decoded: all that is said of them is that.
[[nodiscard]] DecodeResult decode(std::span<const Source> sources, ResourceTypes types,
                                  const EnvironmentLookup& environment,
                                  std::span<const Given> given = {}, const Decoder& decoder = {});

/// Decodes nothing but the includes of `sources`, and what is sensitive, before there is anything
/// that they include. Nothing where that cannot be done; then decode() says why. Mistakes that do
/// not concern the includes are left to it as well.
[[nodiscard]] std::optional<Manifest> decode_includes(std::span<const Source> sources,
                                                      ResourceTypes types,
                                                      const EnvironmentLookup& environment,
                                                      std::span<const Given> given,
                                                      const Decoder& decoder);

/// Whether any of `sources` may hold an include, as far as that can be told without parsing it.
[[nodiscard]] bool may_include(std::span<const Source> sources);

}  // namespace manifest
