// The files in which two commits differ.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "git/error.h"
#include "git/repository.h"

namespace git {

/// The commits between which HEAD, the index and the work tree move. An empty one is that of nobody
/// yet, or the empty tree.
struct Move {
  std::string from;
  std::string to;

  [[nodiscard]] bool operator==(const Move&) const = default;
};

/// One side of a difference. The mode is git's ("100644"); "000000" where the file is absent.
struct Version {
  std::string mode;
  std::string blob;

  [[nodiscard]] bool operator==(const Version&) const = default;
  [[nodiscard]] bool is_absent() const { return mode == "000000"; }
  [[nodiscard]] bool is_file() const { return mode.starts_with("1200") || mode.starts_with("100"); }
  [[nodiscard]] bool is_link() const { return mode == "120000"; }
  [[nodiscard]] bool is_submodule() const { return mode == "160000"; }
};

/// The most that a list of names may fill.
inline constexpr std::size_t most_names = std::size_t{1} << 30U;

struct ChangedFile {
  std::string path;
  Version before;
  Version after;
};

/// The files in which the commits of a move differ: git is asked for them once, when they are first
/// wanted.
class Difference {
 public:
  Difference(const Repository& repository, Move move)
      : repository_(repository), move_(std::move(move)) {}

  [[nodiscard]] const Move& move() const { return move_; }
  /// Sorted by path, as git sorts.
  [[nodiscard]] const tl::expected<std::vector<ChangedFile>, Error>& files();

 private:
  Repository repository_;
  Move move_;
  std::optional<tl::expected<std::vector<ChangedFile>, Error>> files_;
};

/// `commit`, or the empty tree where that is empty.
[[nodiscard]] tl::expected<std::string, Error> tree_of(Repository& repository,
                                                       const std::string& commit);

}  // namespace git
