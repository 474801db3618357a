#include "git/damage.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "git/git_directory.h"
#include "git/remote.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

bool is_empty_file(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) && fs::file_size(file, error) == 0 && !error;
}

std::string mend_ref(const fs::path& common, const std::string& ref) {
  const std::string file = shell_word((common / ref).native());
  const fs::path log = common / "logs" / ref;
  std::error_code ignored;
  return fs::exists(log, ignored)
             ? fmt::format("set it to what its log says with: tail -n 1 {} | cut -d ' ' -f 2 > {}",
                           shell_word(log.native()), file)
             : fmt::format("remove it with: rm {}", file);
}

/// Of a detached HEAD only its log knows where it was.
std::string mend_head(const fs::path& own, const Revision& revision) {
  return revision.kind == Revision::Kind::branch
             ? fmt::format("set it with: echo {} > {}",
                           shell_word(fmt::format("ref: {}", local_ref(revision.name))),
                           shell_word((own / "HEAD").native()))
             : mend_ref(own, "HEAD");
}

std::vector<std::string> refs_of(const Revision& revision) {
  switch (revision.kind) {
    case Revision::Kind::branch:
      return {local_ref(revision.name), tracking_ref(revision.name)};
    case Revision::Kind::tag:
      return {tag_ref(revision.name)};
    case Revision::Kind::commit:
      break;
  }
  return {};
}

std::optional<std::string> find_empty_file(const fs::path& checkout, const Revision& revision) {
  const GitDirectory directory = find_git_directory(checkout);
  const auto is_empty = [](const fs::path& file, const std::string& mend) {
    return fmt::format("{} is empty, as after a power failure; {}", text::quoted(file.native()),
                       mend);
  };
  if (is_empty_file(directory.own / "HEAD")) {
    return is_empty(directory.own / "HEAD", mend_head(directory.own, revision));
  }
  if (const fs::path index = directory.own / "index"; is_empty_file(index)) {
    return is_empty(index, fmt::format("recreate it with: rm {} && {}", shell_word(index.native()),
                                       shell_command(checkout, "reset")));
  }
  for (const std::string& ref : refs_of(revision)) {
    if (is_empty_file(directory.common / ref)) {
      return is_empty(directory.common / ref, mend_ref(directory.common, ref));
    }
  }
  return std::nullopt;
}

bool tells_of_lost_objects(std::string_view messages) {
  constexpr std::string_view words[] = {
      "unable to read tree", "is corrupt",         "missing object", "missing blob",
      "missing tree",        "bad object",         "is empty",       "bad tree",
      "invalid object",      "unable to read sha1"};
  return std::ranges::any_of(
      words, [&](std::string_view some) { return messages.find(some) != std::string_view::npos; });
}

std::optional<std::string> find_unwritable(const fs::path& checkout, std::string_view messages) {
  if (messages.find("Permission denied") == std::string_view::npos &&
      messages.find("Read-only file system") == std::string_view::npos) {
    return std::nullopt;
  }
  const GitDirectory directory = find_git_directory(checkout);
  for (const fs::path& place : {checkout, directory.own, directory.common / "objects"}) {
    // What is not there, as before a clone, is not what git complains of.
    if (access(place.c_str(), F_OK) == 0 && access(place.c_str(), W_OK) != 0) {
      if (errno == EROFS) {
        return fmt::format(
            "{} is on a file system that is mounted read-only; mount it writable, or name another "
            "directory",
            text::quoted(place.native()));
      }
      return fmt::format(
          "{} cannot be written by this user (uid {}); change that, or run fluke "
          "as its owner",
          text::quoted(place.native()), geteuid());
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> explain_damage(const Repository& repository, const Revision& revision,
                                    std::string_view messages) {
  const fs::path& checkout = repository.directory();
  std::optional<std::string> message = find_empty_file(checkout, revision);
  message = message ? message : find_unwritable(checkout, messages);
  if (!message && tells_of_lost_objects(messages)) {
    message = fmt::format(
        "the repository in {} has lost objects; see which with: {}, or move it away, and the next "
        "run clones it again",
        text::quoted(checkout.native()), shell_command(checkout, "fsck"));
  }
  if (!message) {
    return std::nullopt;
  }
  return Error{
      .cause = Cause::failed, .message = *std::move(message), .output = std::string(messages)};
}

}  // namespace git
