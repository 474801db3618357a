#include "fluke/report_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "file/replace.h"
#include "file/resolve.h"
#include "fluke/stream_file.h"
#include "text/quote.h"

namespace fluke {

tl::expected<void, std::string> write_report(const std::filesystem::path& path,
                                             std::string_view text) {
  const auto place = file::resolve(path, file::Links::trusted);
  std::optional<file::Former> former(std::in_place);
  if (!place || ::fstatat(place->directory.get(), place->name.c_str(), &former->status,
                          AT_SYMLINK_NOFOLLOW) != 0) {
    former = std::nullopt;
  }
  if (former && !S_ISREG(former->status.st_mode)) {
    StreamFile file(path, StreamFile::Start::at_its_end);
    file.write(text);
    return file.finish();
  }
  return place
      .and_then([&](const file::ResolvedPath& where) { return file::replace(where, text, former); })
      .map_error([&](const file::Error& error) {
        return fmt::format("cannot write the report {}: {}", text::quoted(path.string()),
                           file::describe(error));
      });
}

}  // namespace fluke
