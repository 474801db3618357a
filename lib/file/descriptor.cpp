#include "file/descriptor.h"

#include <unistd.h>

namespace file {

void Descriptor::close() {
  if (fd_ >= 0) {
    // On Linux the descriptor is gone whatever close(2) answers, so there is nothing to retry.
    ::close(std::exchange(fd_, -1));
  }
}

}  // namespace file
