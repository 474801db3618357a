// Turns a diagnostic into the text that a person reads:
//
//   error: unknown attribute "working_dri"
//     --> site.hcl:3:3
//      |
//    3 |   working_dri = "/opt/app"
//      |   ^^^^^^^^^^^ a mise block has no such attribute; did you mean "working_dir"?
#pragma once

#include <string>

#include "diagnostic/diagnostic.h"

namespace diagnostic {

enum class Colour { off, on };

/// The diagnostic as lines, the last one ended too. Source text is shown with its control
/// characters made visible; very long lines are cut around the place that is marked. The caret
/// stands under what it marks also after tabs and wide characters.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, Colour colour);

/// All of them, with an empty line between two.
[[nodiscard]] std::string render(const Diagnostics& diagnostics, Colour colour);

}  // namespace diagnostic
