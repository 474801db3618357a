// A toy to try fluke with: a directory whose desired state is that a file says hello.
#pragma once

#include <span>
#include <string_view>

namespace starter {

struct ExampleFile {
  /// Relative to the directory that the example is made in.
  std::string_view path;
  std::string_view text;
};

/// The manifest comes first.
[[nodiscard]] std::span<const ExampleFile> example_files();

}  // namespace starter
