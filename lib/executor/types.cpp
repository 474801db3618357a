#include "executor/types.h"

#include <array>

#include "executor/mise/type.h"
#include "executor/shell/type.h"
#include "executor/systemd/type.h"

namespace executor {

reconcile::ResourceTypes types() {
  static const std::array table = {
      &mise::resource_type(),
      &shell::resource_type(),
      &systemd::resource_type(),
  };
  return table;
}

}  // namespace executor
