// What the decoding of one block needs besides the block.
#pragma once

#include "diagnostic/diagnostic.h"
#include "hcl/value/value.h"
#include "manifest/evaluator.h"

namespace manifest {

struct DecodeContext {
  const Evaluator& evaluator;
  diagnostic::Diagnostics& diagnostics;
  /// What `each` is; null outside of blocks with `for_each`.
  const hcl::Value* each = nullptr;
};

}  // namespace manifest
