// A manifest that has been parsed and not yet decoded.
#pragma once

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/manifest.h"

namespace manifest {

struct Document {
  const Source* source = nullptr;
  hcl::File tree;
  diagnostic::Diagnostics syntax_errors;

  [[nodiscard]] const diagnostic::SourceFile& file() const { return *source->file; }
};

}  // namespace manifest
