// What hcldec finds wrong with a specification or an input.
#pragma once

#include <string>
#include <utility>

#include "diagnostic/diagnostic.h"

namespace hcldec {

inline void report(diagnostic::Diagnostics& diagnostics, const diagnostic::SourceFile& source,
                   diagnostic::Range range, std::string summary) {
  diagnostics.push_back({.kind = "hcldec",
                         .summary = std::move(summary),
                         .detail = "",
                         .file = &source,
                         .range = range,
                         .notes = {}});
}

}  // namespace hcldec
