#include "hcl/functions/functions.h"

#include "hcl/functions/subjects.h"

namespace hcl {

Functions standard_functions() {
  namespace subjects = functions;
  Functions all;
  for (const auto subject :
       {subjects::encoding_functions, subjects::format_functions, subjects::hash_functions,
        subjects::letter_functions, subjects::list_functions, subjects::mapping_functions,
        subjects::number_functions, subjects::path_functions, subjects::regex_functions,
        subjects::search_functions, subjects::set_functions, subjects::string_functions,
        subjects::type_functions}) {
    all.merge(subject());
  }
  return all;
}

}  // namespace hcl
