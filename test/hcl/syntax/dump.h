// Trees as compact text, one line a file, so that tests compare strings:
//
//   a = 1 + b.c[0]        →   a=(+ 1 b.c[0])
//   b "x" { c = "y${d}" } →   b "x" {c="y"${d}}
#pragma once

#include <string>

#include "hcl/syntax/tree.h"

namespace hcl {

[[nodiscard]] std::string dump(const Body& body);
[[nodiscard]] std::string dump(const Expression& expression);

}  // namespace hcl
