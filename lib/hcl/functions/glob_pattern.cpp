#include "hcl/functions/glob_pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "hcl/functions/paths.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace hcl::functions {
namespace {

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

}  // namespace

tl::expected<std::vector<GlobStep>, std::string> parse_glob(std::string_view pattern) {
  const std::string clean = clean_path(pattern);
  std::vector<GlobStep> steps;
  std::string_view rest = clean;
  while (!rest.empty()) {
    const std::string_view text = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    auto step = parse_step(text);
    if (!step) {
      return tl::unexpected(
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

}  // namespace hcl::functions
