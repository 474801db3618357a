// Decodes texts and writes manifests compactly, for tests to compare.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/decode.h"

namespace manifest {

using Environment = std::map<std::string, std::string, std::less<>>;

/// One source, in the directory /etc/fluke, for each part of `text` that begins with a line
/// `## NAME`; what stands before the first such line is "site.hcl". After `## included by INCLUDE:
/// NAME` it is a manifest that the include has brought, in the directory /srv/INCLUDE.
[[nodiscard]] std::vector<Source> split_sources(std::string_view text);

/// Manifests, and what gives values to their variables.
struct Scene {
  std::vector<Source> sources;
  std::vector<Given> given;
  Environment environment;
  /// "NAME=VALUE" each.
  std::vector<std::string> labels;
};

/// The same parts, of which some are not manifests: `## --var NAME=VALUE` and
/// `## FLUKE_VAR_NAME=VALUE` and `## --label NAME=VALUE` stand for themselves, `## --var-file NAME`
/// begins a file of values.
[[nodiscard]] Scene split_scene(std::string_view text);

/// Those that the manifests of tests use: all.
[[nodiscard]] ResourceTypes types();

[[nodiscard]] DecodeResult decode_with(const std::vector<Source>& sources,
                                       const Environment& environment);
[[nodiscard]] DecodeResult decode_scene(const Scene& scene);

/// A line for each resource: its name, its directory, and all that is not the default.
[[nodiscard]] std::string dump(const Manifest& manifest);

/// The dump of what `text` means, or its diagnostics where there are any.
[[nodiscard]] std::string decoded(std::string_view text, const Environment& environment = {});

}  // namespace manifest
