#include "hcl/syntax/tree.h"

#include <algorithm>

namespace hcl {

const Attribute* Body::find(std::string_view name) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(),
                   [name](const auto& attribute) { return attribute.name.text == name; });
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace hcl
