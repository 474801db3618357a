#include "executor/types.h"

#include <array>

#include "executor/mise/type.h"

namespace executor {

reconcile::ResourceTypes types() {
  static const std::array table = {
      &mise::resource_type(),
  };
  return table;
}

}  // namespace executor
