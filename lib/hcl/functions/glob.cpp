#include "hcl/functions/glob.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <vector>

#include "hcl/functions/glob_pattern.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_entries = 100'000;

/// Walks down from a directory, a step of the pattern a level. What visits returns false once there
/// was too much to look at.
class Walk {
 public:
  Walk(const fs::path& directory, const std::vector<GlobStep>& steps,
       const std::function<bool()>& may_look)
      : directory_(directory), steps_(steps), may_look_(may_look) {}

  /// Matches what is below `path`, relative to the directory, with the steps from `at` on.
  [[nodiscard]] bool visit(const fs::path& path, std::size_t at) {
    if (at == steps_.size()) {
      add(path);
      return true;
    }
    const GlobStep& step = steps_[at];
    if (step.is_tree()) {
      return visit_tree(path, at);
    }
    if (step.matcher == nullptr) {
      return visit(path / step.text, at + 1);
    }
    return for_each_name(path, [&](const std::string& name) {
      return !RE2::FullMatch(name, *step.matcher) || visit(path / name, at + 1);
    });
  }

  [[nodiscard]] std::set<std::string> take() { return std::move(found_); }

 private:
  /// `**` at `at`: this directory and all below it.
  [[nodiscard]] bool visit_tree(const fs::path& path, std::size_t at) {
    const bool is_last = at + 1 == steps_.size();
    if (!is_last && !visit(path, at + 1)) {
      return false;
    }
    return for_each_name(path, [&](const std::string& name) {
      const fs::path below = path / name;
      std::error_code error;
      if (!fs::is_directory(directory_ / below, error)) {
        return !is_last || visit(below, at + 1);
      }
      return leads_back(below) || visit_tree(below, at);
    });
  }

  /// Whether a directory is one of those above it, by way of a link.
  [[nodiscard]] bool leads_back(const fs::path& path) const {
    std::error_code error;
    if (!fs::is_symlink(directory_ / path, error)) {
      return false;
    }
    for (fs::path above = directory_ / path; above != above.parent_path();) {
      above = above.parent_path();
      if (fs::equivalent(directory_ / path, above, error)) {
        return true;
      }
    }
    return false;
  }

  void add(const fs::path& path) {
    std::error_code error;
    if (fs::is_regular_file(directory_ / path, error)) {
      found_.insert(path.string());
    }
  }

  template <typename Use>
  [[nodiscard]] bool for_each_name(const fs::path& path, Use use) {
    std::error_code error;
    for (fs::directory_iterator entry(directory_ / path, error), end; !error && entry != end;
         entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (++entries_ > max_entries || !may_look_() ||
          (!text::find_invalid_utf8(name) && !use(name))) {
        return false;
      }
    }
    return true;
  }

  const fs::path& directory_;
  const std::vector<GlobStep>& steps_;
  const std::function<bool()>& may_look_;
  std::set<std::string> found_;
  std::size_t entries_ = 0;
};

}  // namespace

tl::expected<std::set<std::string>, std::string> glob(const fs::path& directory,
                                                      std::string_view pattern,
                                                      const std::function<bool()>& may_look) {
  const auto steps = parse_glob(pattern);
  if (!steps) {
    return tl::unexpected(steps.error());
  }
  Walk walk(directory, *steps, may_look);
  if (!walk.visit("", 0)) {
    return tl::unexpected(
        fmt::format("there is too much to look at: more than {} files and directories in {}",
                    max_entries, text::quoted(directory.string())));
  }
  return walk.take();
}

}  // namespace hcl::functions
