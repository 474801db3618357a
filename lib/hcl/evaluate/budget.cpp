#include "hcl/evaluate/budget.h"

#include <algorithm>

namespace hcl {

void Budget::settle(const Share& share, std::uint64_t kept) {
  Share lasting = share;
  if (!is_spent()) {
    lasting.amount.size = std::min(share.amount.size, kept);
    used_.size -= share.amount.size - lasting.amount.size;
  }
  if (lasting.amount.steps > most_steps_.amount.steps) {
    most_steps_ = lasting;
  }
  if (lasting.amount.size > most_size_.amount.size) {
    most_size_ = lasting;
  }
}

}  // namespace hcl
