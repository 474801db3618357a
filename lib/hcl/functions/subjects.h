// The standard functions by subject, each made in a file of its own.
#pragma once

#include "hcl/value/function.h"

namespace hcl::functions {

[[nodiscard]] Functions encoding_functions();
[[nodiscard]] Functions format_functions();
[[nodiscard]] Functions hash_functions();
[[nodiscard]] Functions letter_functions();
[[nodiscard]] Functions list_functions();
[[nodiscard]] Functions mapping_functions();
[[nodiscard]] Functions number_functions();
[[nodiscard]] Functions path_functions();
[[nodiscard]] Functions regex_functions();
[[nodiscard]] Functions search_functions();
[[nodiscard]] Functions set_functions();
[[nodiscard]] Functions string_functions();
[[nodiscard]] Functions type_functions();

}  // namespace hcl::functions
