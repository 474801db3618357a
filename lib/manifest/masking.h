// Keeps secrets out of diagnostics: the passwords of urls wherever they stand, and whatever else it
// was told to hide.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace manifest {

using SourceFiles = std::vector<std::unique_ptr<diagnostic::SourceFile>>;

class Masking {
 public:
  /// Excerpts show stars in place of this part of `file`.
  void hide(const diagnostic::SourceFile& file, diagnostic::Range range) {
    hidden_[&file].push_back(range);
  }

  /// Makes `diagnostics` fit to be shown. Where a file that they point into holds secrets, they
  /// point into a copy that the result holds, in which these are starred out byte for byte, so
  /// that places are the same in both.
  [[nodiscard]] SourceFiles apply(diagnostic::Diagnostics& diagnostics) const;

 private:
  /// Null where there is nothing to hide.
  [[nodiscard]] std::unique_ptr<diagnostic::SourceFile> masked_copy(
      const diagnostic::SourceFile& file) const;

  std::unordered_map<const diagnostic::SourceFile*, std::vector<diagnostic::Range>> hidden_;
};

/// Says in the words of its kind alone what a diagnostic about a hidden text says, for its own
/// words may quote the text.
void conceal(diagnostic::Diagnostic& problem);

}  // namespace manifest
