// Masks secrets in diagnostics: the passwords of urls wherever they stand, and whatever else is
// named.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace manifest {

/// `text` with every byte of a password in a url ("https://user:PASSWORD@host") replaced by `*`;
/// the length stays. An http url with a user name only has that starred out: it is a token. An
/// interpolation (`${…}`) holds a name, not a password, and stays. Works on source text as well as
/// on messages, also where the text is no valid manifest, and would rather mask too much.
[[nodiscard]] std::string mask_passwords(std::string_view text);

using SourceFiles = std::vector<std::unique_ptr<diagnostic::SourceFile>>;

class Masking {
 public:
  /// Excerpts show stars in place of this part of `file`.
  void add(const diagnostic::SourceFile& file, diagnostic::Range range) {
    masked_[&file].push_back(range);
  }

  /// Makes `diagnostics` fit to be shown. Where a file that they point into holds secrets, they
  /// point into a copy that the result holds, in which these are starred out byte for byte, so
  /// that places are the same in both.
  [[nodiscard]] SourceFiles apply(diagnostic::Diagnostics& diagnostics) const;

 private:
  /// Null where there is nothing to mask.
  [[nodiscard]] std::unique_ptr<diagnostic::SourceFile> masked_copy(
      const diagnostic::SourceFile& file) const;

  std::unordered_map<const diagnostic::SourceFile*, std::vector<diagnostic::Range>> masked_;
};

/// Says in the words of its kind alone what a diagnostic about a masked text says, for its own
/// words may quote the text.
void mask_words(diagnostic::Diagnostic& problem);

}  // namespace manifest
