// Decides whether a url that is made of sensitive values may be shown as urls are, that is without
// its password.
#pragma once

#include <functional>
#include <string_view>

#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"

namespace manifest {

using EvaluateExpression = std::function<hcl::Value(const hcl::Expression&)>;

/// Whether nothing but the password of `url`, which `expression` gave, is made of sensitive values.
/// Only a string that stands there itself can tell; of what comes from elsewhere, all may be.
[[nodiscard]] bool is_only_password_sensitive(std::string_view url,
                                              const hcl::Expression& expression,
                                              const EvaluateExpression& evaluate);

}  // namespace manifest
