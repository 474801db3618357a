// Whole files, and files with mistakes in them.
#pragma once

#include <string>
#include <string_view>

#include "tools/hcl_generate/random.h"

namespace generate {

/// The variables that the expressions refer to, as a JSON object.
extern const std::string_view variables;

/// A few attributes, each with an expression `depth` levels deep.
[[nodiscard]] std::string attributes_file(Random& random, int depth);

/// Attributes, blocks in blocks, labels, comments and odd layout.
[[nodiscard]] std::string structure_file(Random& random);

/// The text after up to three small changes, such as a slip of a finger would make.
[[nodiscard]] std::string mutated(Random& random, std::string text);

}  // namespace generate
