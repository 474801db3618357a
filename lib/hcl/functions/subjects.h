// The standard functions by subject, each made in a file of its own.
#pragma once

#include "hcl/value/function.h"

namespace hcl::functions {

[[nodiscard]] Functions letter_functions();
[[nodiscard]] Functions list_functions();
[[nodiscard]] Functions mapping_functions();
[[nodiscard]] Functions number_functions();
[[nodiscard]] Functions search_functions();
[[nodiscard]] Functions set_functions();
[[nodiscard]] Functions string_functions();

}  // namespace hcl::functions
