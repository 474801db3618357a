#include "memory/large_pages.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace memory {

void prefer_large_pages(void* data, std::size_t size) {
#ifdef MADV_HUGEPAGE
  if (size < large_page) {
    return;
  }
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  // The first page is that of others as well.
  const std::size_t skipped = -reinterpret_cast<std::uintptr_t>(data) % page;
  const int error = errno;
  // Without large pages all is as it was.
  static_cast<void>(madvise(static_cast<std::byte*>(data) + skipped, (size - skipped) / page * page,
                            MADV_HUGEPAGE));
  errno = error;
#else
  static_cast<void>(data);
  static_cast<void>(size);
#endif
}

}  // namespace memory
