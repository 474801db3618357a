// Which of the files below the directory of an include are its manifests, and reading them where
// they lie. Nothing here leads out of the directory: ".." is refused when the include is decoded,
// and no symbolic link below the directory is followed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.h"
#include "manifest/read.h"

namespace manifest {

/// Something below the directory of an include that is no directory.
struct IncludedFile {
  /// Relative to the directory.
  std::string path;
  /// Nothing else can be read.
  bool is_regular = true;
};

/// Where the files have to be looked for that an include may mean: the beginning of each of its
/// paths, up to the first wildcard. One that is empty stands for the whole directory.
[[nodiscard]] std::vector<std::string> places_of(const Include& include);

struct ManifestChoice {
  /// Those of `files` that are meant, each once.
  std::vector<std::string> paths;
  diagnostic::Diagnostics diagnostics;
};

/// Picks the manifests of `include`: for each of its paths the file of that name, the
/// `*.fluke.hcl` below the directory of that name, or those of either that match it as a pattern,
/// in which "*" and "?" stand for no "/". `files` are in path order. A name that is not there is an
/// error, and so is an include without any manifest.
[[nodiscard]] ManifestChoice choose_manifests(const Include& include,
                                              std::span<const IncludedFile> files);

/// Reads the manifests of `include` from its directory.
[[nodiscard]] ReadResult read_include(const Include& include);

/// Whether git has still to bring what the include means: its directory holds no checkout.
[[nodiscard]] bool is_absent(const Include& include);

/// The warning about one that is.
[[nodiscard]] diagnostic::Diagnostic describe_absent(const Include& include);

/// The manifest at `path` of an include, with `text`.
[[nodiscard]] Source included_source(const Include& include, std::string_view path,
                                     std::string text);

}  // namespace manifest
