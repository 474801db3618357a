// The order in which a set keeps its elements.
#pragma once

#include "hcl/value/value.h"

namespace hcl {

/// Whether `a` comes before `b`, both elements of one set: strings by their bytes, numbers by
/// value, false before true; collections by their text, which means nothing to anybody but is the
/// same on every run; unknown values and then nulls last.
[[nodiscard]] bool precedes(const Value& a, const Value& b);

/// Puts the elements of a set in that order, which for collections is much faster than comparing
/// one by one. Equal elements come to stand side by side.
void put_in_order(Elements& elements);

}  // namespace hcl
