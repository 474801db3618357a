#include "reconcile/made_directory.h"

#include <unistd.h>

#include <system_error>

namespace reconcile {

tl::expected<MadeDirectory, int> MadeDirectory::make(const std::filesystem::path& directory) {
  MadeDirectory made;
  std::error_code error;
  for (std::filesystem::path at = directory; !std::filesystem::exists(at, error) && !error;
       at = at.parent_path()) {
    made.made_.push_back(at);
  }
  std::filesystem::create_directories(directory, error);
  if (error) {
    return tl::unexpected(error.value());
  }
  return made;
}

MadeDirectory::~MadeDirectory() {
  for (const std::filesystem::path& directory : made_) {
    rmdir(directory.c_str());
  }
}

}  // namespace reconcile
