// Moves HEAD, index and work tree of a checkout from one commit to another by one git command,
// which a kill, a deadline or a power failure may cut off. A note of both commits lies in git's
// directory meanwhile. It is a hint that files of both may be found, never a licence: what is
// there is looked at (work_tree.h), and what is neither commit's is left alone.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "file/descriptor.h"
#include "git/difference.h"
#include "git/error.h"
#include "git/repository.h"

namespace git {

/// The move that was begun here and has not come to its end.
[[nodiscard]] std::optional<Move> noted_move(const std::filesystem::path& checkout);

/// Writes the note, not yet to the disk; the open file.
[[nodiscard]] tl::expected<file::Descriptor, Error> write_note(
    const std::filesystem::path& checkout, const Move& move);

/// Writes the note to the disk.
[[nodiscard]] tl::expected<void, Error> note_move(const std::filesystem::path& checkout,
                                                  const Move& move);

/// Has the system write to the disk what it holds for the file systems of a checkout; sets errno.
[[nodiscard]] bool write_to_disk(const std::filesystem::path& checkout);

/// Writes everything to the disk, and then removes the note.
void forget_move(const std::filesystem::path& checkout);

/// Whether git has stopped before it touched a file: it looks at all of them first.
[[nodiscard]] bool was_refused(const Result& answer);

/// Why a command that ended by itself failed.
using Explanation = std::function<Error(const Result&)>;

/// Runs the command that makes the move: the objects of `move.to` are here. Where the same move was
/// cut off, it goes on. One that git refuses or fails to make is taken back.
[[nodiscard]] tl::expected<void, Error> move_head(Repository& repository, Difference& difference,
                                                  const std::vector<std::string>& command,
                                                  const Explanation& explain);

/// Where a move was cut off: if HEAD has moved, files and index follow it; if it has not, they are
/// taken back to it; if it is elsewhere, somebody has taken over, and nothing is touched. Whether
/// HEAD has moved.
[[nodiscard]] tl::expected<bool, Error> settle_move(Repository& repository, const Move& move);

}  // namespace git
