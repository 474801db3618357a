#include "support/diagnostics.h"

#include "diagnostic/render.h"

namespace support {

std::string render_with_kinds(const diagnostic::Diagnostics& diagnostics) {
  std::string out;
  for (const diagnostic::Diagnostic& diagnostic : diagnostics) {
    out += out.empty() ? "# " : "\n# ";
    out += diagnostic.kind;
    out += '\n';
    out += diagnostic::render(diagnostic, diagnostic::Colour::off);
  }
  return out;
}

}  // namespace support
