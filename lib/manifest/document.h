// A manifest that has been parsed and not yet decoded.
#pragma once

#include <string_view>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/manifest.h"

namespace manifest {

/// The type of the blocks that declare tasks, and what stands before the dot where `depends_on`
/// names one.
inline constexpr std::string_view task_block = "task";

struct Document {
  const Source* source = nullptr;
  hcl::File tree;
  diagnostic::Diagnostics syntax_errors;

  [[nodiscard]] const diagnostic::SourceFile& file() const { return *source->file; }
};

}  // namespace manifest
