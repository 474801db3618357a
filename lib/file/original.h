// A file that is read and then, perhaps, replaced.
#pragma once

#include <sys/stat.h>

#include <string_view>
#include <tl/expected.hpp>

#include "file/descriptor.h"
#include "file/error.h"
#include "file/place.h"

namespace file {

/// A regular file, open for as long as this lives: no other one can take its number meanwhile.
class Original {
 public:
  /// EINVAL where there is something else at `place`.
  [[nodiscard]] static tl::expected<Original, Error> open(Place place);

  /// Its descriptor, to read from.
  [[nodiscard]] int descriptor() const { return file_.get(); }
  [[nodiscard]] const struct stat& status() const { return status_; }

  /// Puts `text` in its place, in a file of the same mode and owner, all at once or not at all. One
  /// that may not be written stays as it is, even if its directory may; ESTALE where the place
  /// holds another file by now, or this one was changed after it was opened.
  [[nodiscard]] tl::expected<void, Error> replace(std::string_view text) const;

 private:
  Original(Place place, Descriptor file, const struct stat& status);

  Place place_;
  Descriptor file_;
  struct stat status_;
};

}  // namespace file
