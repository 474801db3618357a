#include "git/head_move.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "file/contents.h"
#include "file/descriptor.h"
#include "git/git_directory.h"
#include "git/refs.h"
#include "git/submodules.h"
#include "git/work_tree.h"
#include "text/quote.h"

namespace git {
namespace {

namespace fs = std::filesystem;

Error cannot_write(const fs::path& file) {
  return {.cause = Cause::failed,
          .message = fmt::format("cannot write {}: {}", text::quoted(file.native()),
                                 std::generic_category().message(errno))};
}

}  // namespace

std::optional<Move> noted_move(const fs::path& checkout) {
  // "FROM TO" on one line. A note that lacks its end was never finished: the move had not begun.
  const std::string text = read_small_file(update_note(checkout));
  const std::size_t space = text.find(' ');
  if (!text.ends_with('\n') || space == std::string::npos) {
    return std::nullopt;
  }
  return Move{.from = text.substr(0, space), .to = text.substr(space + 1, text.size() - space - 2)};
}

tl::expected<file::Descriptor, Error> write_note(const fs::path& checkout, const Move& move) {
  const fs::path file = update_note(checkout);
  file::Descriptor note(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!note.is_open() || !file::write_all(note.get(), move.from + ' ' + move.to + '\n')) {
    return tl::unexpected(cannot_write(file));
  }
  return note;
}

tl::expected<void, Error> note_move(const fs::path& checkout, const Move& move) {
  const fs::path file = update_note(checkout);
  const auto note = write_note(checkout, move);
  if (!note) {
    return tl::unexpected(note.error());
  }
  return fsync(note->get()) == 0 ? tl::expected<void, Error>() : tl::unexpected(cannot_write(file));
}

bool write_to_disk(const fs::path& checkout) {
  std::optional<dev_t> written;
  for (const fs::path& directory : {checkout, find_git_directory(checkout).own}) {
    const file::Descriptor opened(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    struct stat status {};
    if (fstat(opened.get(), &status) != 0 ||
        (written != status.st_dev && syncfs(opened.get()) != 0)) {
      return false;
    }
    written = status.st_dev;
  }
  return true;
}

bool was_refused(const Result& answer) {
  return ('\n' + answer.messages).find("\nAborting\n") != std::string::npos;
}

void forget_move(const fs::path& checkout) {
  if (write_to_disk(checkout)) {
    unlink(update_note(checkout).c_str());
  }
}

tl::expected<void, Error> move_head(Repository& repository, Difference& difference,
                                    const std::vector<std::string>& command,
                                    const Explanation& explain) {
  if (auto clean = refuse_unclean_submodules(repository, difference); !clean) {
    return clean;
  }
  const Move& move = difference.move();
  const bool goes_on = noted_move(repository.directory()) == move;
  auto ready =
      goes_on ? prepare_to_go_on(repository, difference) : note_move(repository.directory(), move);
  if (!ready) {
    return ready;
  }
  const auto answer = repository.run(command);
  if (answer && answer->status == 0) {
    forget_move(repository.directory());
    return {};
  }
  Error error = answer ? explain(*answer) : answer.error();
  const bool is_untouched = answer ? was_refused(*answer) : error.cause == Cause::refused;
  if (is_untouched && !goes_on) {
    unlink(update_note(repository.directory()).c_str());
    return tl::unexpected(std::move(error));
  }
  if (error.cause != Cause::failed && error.cause != Cause::refused) {
    return tl::unexpected(std::move(error));
  }
  const auto has_moved = settle_move(repository, move);
  if (has_moved && *has_moved && move.from != move.to) {
    repository.note(
        fmt::format("the checkout has moved, but git {} exited with status {}, as it does where a "
                    "post-checkout hook fails",
                    command.front(), answer ? answer->status : 0));
    return {};
  }
  if (!has_moved) {
    error.message += "; " + has_moved.error().message;
  }
  return tl::unexpected(std::move(error));
}

tl::expected<bool, Error> settle_move(Repository& repository, const Move& move) {
  const auto head = read_head(repository);
  if (!head) {
    return tl::unexpected(head.error());
  }
  const bool has_moved = head->commit == move.to;
  if (has_moved || head->commit == move.from) {
    Difference rest(repository, has_moved ? move : Move{.from = move.to, .to = move.from});
    if (auto carried = carry_over(repository, rest); !carried) {
      return tl::unexpected(carried.error());
    }
  }
  forget_move(repository.directory());
  return has_moved;
}

}  // namespace git
