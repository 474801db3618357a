#include "reconcile/interruption.h"

#include <fmt/format.h>
#include <string.h>

namespace reconcile {

std::string describe_interruption(int signal) {
  return fmt::format("interrupted by SIG{}", sigabbrev_np(signal));
}

}  // namespace reconcile
