#include "fluke/report_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "file/replace.h"
#include "file/resolve.h"
#include "text/quote.h"

namespace fluke {
namespace {

tl::unexpected<Failure> cannot_write(const std::string& path, std::string_view problem) {
  return tl::unexpected(Failure{
      .code = ExitCode::report_not_written,
      .message = fmt::format("cannot write the report {}: {}", text::quoted(path), problem)});
}

file::Descriptor open_when_read(const file::ResolvedPath& place, int flags) {
  using std::chrono::steady_clock;
  constexpr std::chrono::seconds patience(1);
  constexpr std::chrono::milliseconds pause(10);
  const steady_clock::time_point end = steady_clock::now() + patience;
  file::Descriptor file = place.open(flags);
  while (!file.is_open() && errno == ENXIO && steady_clock::now() < end) {
    std::this_thread::sleep_for(pause);
    file = place.open(flags);
  }
  return file;
}

tl::expected<Writer, file::Error> open_to_write(const std::string& path, StreamFile::Mode mode) {
  return file::resolve(path, file::Links::trusted)
      .and_then([&](const file::ResolvedPath& place) -> tl::expected<Writer, file::Error> {
        const int start = mode == StreamFile::Mode::truncate ? O_TRUNC : 0;
        file::Descriptor file =
            open_when_read(place, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY | start);
        return file.is_open() ? tl::expected<Writer, file::Error>(Writer(std::move(file)))
                              : file::failure("open");
      });
}

std::filesystem::path resolved(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
}

/// The files that there are by their numbers, and what is still to be made by where it will be.
class FilesSeen {
 public:
  /// False if it was there before. Only what can be overwritten counts.
  bool add(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      return paths_.insert(resolved(path)).second;
    }
    return !S_ISREG(status.st_mode) || numbers_.emplace(status.st_dev, status.st_ino).second;
  }

 private:
  std::set<std::filesystem::path> paths_;
  std::set<std::pair<dev_t, ino_t>> numbers_;
};

/// Whether the file `path` is one of those that are read where `directory` is named.
bool is_read_with(const std::string& directory, const std::string& path) {
  const std::filesystem::path file = resolved(path);
  const std::filesystem::path inside = file.lexically_relative(resolved(directory));
  return file.string().ends_with(".fluke.hcl") && !inside.empty() && *inside.begin() != "..";
}

}  // namespace

StreamFile::StreamFile(const std::string& path, Mode mode)
    : path_(path), writer_(open_to_write(path, mode)) {}

void StreamFile::write(std::string_view text) {
  if (writer_) {
    writer_->write(text);
  }
}

tl::expected<void, Failure> StreamFile::finish() {
  if (!writer_) {
    return cannot_write(path_, file::describe(writer_.error()));
  }
  writer_->finish();
  const auto problem = writer_->problem();
  return problem ? cannot_write(path_, *problem) : tl::expected<void, Failure>();
}

tl::expected<void, Failure> write_report(const std::filesystem::path& path, std::string_view text) {
  const auto place = file::resolve(path, file::Links::trusted);
  std::optional<file::Former> former(std::in_place);
  if (!place || ::fstatat(place->directory.get(), place->name.c_str(), &former->status,
                          AT_SYMLINK_NOFOLLOW) != 0) {
    former = std::nullopt;
  }
  if (former && !S_ISREG(former->status.st_mode)) {
    StreamFile file(path, StreamFile::Mode::append);
    file.write(text);
    return file.finish();
  }
  const auto written = place.and_then(
      [&](const file::ResolvedPath& where) { return file::replace(where, text, former); });
  return written ? tl::expected<void, Failure>()
                 : cannot_write(path, file::describe(written.error()));
}

std::optional<std::string> find_overwritten(const Inputs& inputs,
                                            std::span<const ReportFile> reports) {
  if (reports.empty()) {
    return std::nullopt;
  }
  FilesSeen seen;
  for (const std::string& manifest : inputs.manifests) {
    seen.add(manifest);
  }
  for (const manifest::GivenArgument& given : inputs.given) {
    if (given.is_file) {
      seen.add(given.text);
    }
  }
  for (const ReportFile& report : reports) {
    const bool is_manifest = std::ranges::any_of(
        inputs.manifests,
        [&](const std::string& manifest) { return is_read_with(manifest, report.path); });
    if (is_manifest || !seen.add(report.path)) {
      return report.path;
    }
  }
  return std::nullopt;
}

}  // namespace fluke
