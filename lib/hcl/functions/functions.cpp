#include "hcl/functions/functions.h"

#include "hcl/functions/subjects.h"

namespace hcl {

Functions standard_functions() {
  Functions all;
  for (const auto& subject :
       {functions::letter_functions, functions::list_functions, functions::mapping_functions,
        functions::number_functions, functions::search_functions, functions::set_functions,
        functions::string_functions}) {
    all.merge(subject());
  }
  return all;
}

}  // namespace hcl
