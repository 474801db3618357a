#include "hcl/functions/glob.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "hcl/functions/call.h"
#include "hcl/functions/paths.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_entries = 100'000;

/// What stands between two slashes.
struct GlobStep {
  /// As it is written.
  std::string text;
  /// Matches names as a whole; null where the text is the name itself, or "**".
  std::shared_ptr<const RE2> matcher;

  /// Any number of directories.
  [[nodiscard]] bool is_tree() const { return text == "**"; }
};

/// Translates one step of a pattern to a regular expression.
class Translator {
 public:
  explicit Translator(std::string_view step) : rest_(step) {}

  /// Nothing if the step is malformed.
  [[nodiscard]] std::optional<std::string> translate() {
    std::string regex = "(?s)";
    while (!rest_.empty()) {
      const auto part = next_part();
      if (!part) {
        return std::nullopt;
      }
      regex += *part;
    }
    return depth_ == 0 ? std::optional(std::move(regex)) : std::nullopt;
  }

 private:
  std::optional<std::string> next_part() {
    switch (rest_.front()) {
      case '*':
        return skip(".*");
      case '?':
        return skip(".");
      case '{':
        ++depth_;
        return skip("(?:");
      case ',':
        return depth_ > 0 ? skip("|") : literal();
      case '}':
        if (depth_ == 0) {
          return literal();
        }
        --depth_;
        return skip(")");
      case '[':
        return character_class();
      default:
        return literal();
    }
  }

  std::string skip(std::string_view translation) {
    rest_.remove_prefix(1);
    return std::string(translation);
  }

  /// One character, perhaps behind a backslash.
  std::optional<std::string> literal() {
    rest_.remove_prefix(rest_.starts_with('\\') ? 1 : 0);
    const auto character = text::decode_utf8(rest_);
    if (!character) {
      return std::nullopt;
    }
    const std::string_view bytes = rest_.substr(0, character->length);
    rest_.remove_prefix(bytes.size());
    return RE2::QuoteMeta(re2::StringPiece(bytes.data(), bytes.size()));
  }

  std::optional<std::string> character_class() {
    std::string translation = skip("[");
    if (rest_.starts_with('^')) {
      translation += skip("^");
    }
    while (!rest_.empty() && !rest_.starts_with(']')) {
      if (rest_.starts_with('-')) {
        translation += skip("-");
      } else if (const auto character = literal()) {
        translation += *character;
      } else {
        return std::nullopt;
      }
    }
    return rest_.empty() ? std::nullopt : std::optional(translation + skip("]"));
  }

  std::string_view rest_;
  int depth_ = 0;
};

/// Nothing if the step is malformed.
std::optional<GlobStep> parse_step(std::string_view text) {
  GlobStep step{.text = std::string(text)};
  if (step.is_tree() || text.find_first_of("*?[{\\") == std::string_view::npos) {
    return step;
  }
  const std::optional<std::string> regex = Translator(text).translate();
  if (!regex) {
    return std::nullopt;
  }
  step.matcher = std::make_shared<const RE2>(*regex, RE2::Quiet);
  return step.matcher->ok() ? std::optional(std::move(step)) : std::nullopt;
}

/// The steps from the directory down to the files.
tl::expected<std::vector<GlobStep>, FunctionError> parse_glob(std::string_view pattern) {
  const std::string clean = clean_path(pattern);
  std::vector<GlobStep> steps;
  std::string_view rest = clean;
  while (!rest.empty()) {
    const std::string_view text = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    auto step = parse_step(text);
    if (!step) {
      return fail(
          fmt::format("{} is not a pattern: a bracket or brace is not closed, a "
                      "class is empty, or a backslash has nothing behind it",
                      text::quoted(text)));
    }
    const bool repeats_tree = step->is_tree() && !steps.empty() && steps.back().is_tree();
    if (!text.empty() && !repeats_tree) {
      steps.push_back(std::move(*step));
    }
  }
  return steps;
}

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

tl::expected<std::set<std::string>, FunctionError> glob(const fs::path& directory,
                                                        std::string_view pattern,
                                                        const std::function<bool()>& may_look) {
  const auto steps = parse_glob(pattern);
  if (!steps) {
    return tl::unexpected(steps.error());
  }
  Walk walk(directory, *steps, may_look);
  if (!walk.visit("", 0)) {
    return fail(
        fmt::format("there is too much to look at: more than {} files and directories in {}",
                    max_entries, text::quoted(directory.string())));
  }
  return walk.take();
}

}  // namespace hcl::functions
