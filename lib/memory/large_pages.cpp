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
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(data) + size) / page * page;
  const int error = errno;
  // Without large pages all is as it was.
  static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
  errno = error;
#else
  static_cast<void>(data);
  static_cast<void>(size);
#endif
}

}  // namespace memory
