#include "fluke/line_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fluke {
namespace {

constexpr std::size_t context = 3;

/// Each with its newline, if it has one.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::size_t size = newline == std::string_view::npos ? text.size() : newline + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

void add(std::string& diff, char mark, std::string_view line) {
  diff += mark;
  diff += line;
  if (!line.ends_with('\n')) {
    diff += "\n\\ No newline at end of file\n";
  }
}

class LineDiff {
 public:
  LineDiff(std::string_view before, std::string_view after)
      : before_(split(before)),
        after_(split(after)),
        count_(std::min(before_.size(), after_.size())) {}

  [[nodiscard]] std::string hunks() const {
    std::string diff;
    std::size_t line = next_change(0);
    while (line < count_) {
      const std::size_t begin = line - std::min(line, context);
      std::size_t end = line;
      // Changes whose contexts meet share a hunk.
      for (; line < count_ && line <= end + 2 * context; line = next_change(end)) {
        end = line;
        while (end < count_ && before_[end] != after_[end]) {
          ++end;
        }
      }
      add_hunk(diff, begin, std::min(end + context, count_));
    }
    return diff;
  }

 private:
  /// The first line from `line` on that differs, or the number of lines.
  [[nodiscard]] std::size_t next_change(std::size_t line) const {
    while (line < count_ && before_[line] == after_[line]) {
      ++line;
    }
    return line;
  }

  void add_hunk(std::string& diff, std::size_t begin, std::size_t end) const {
    diff += fmt::format("@@ -{0},{1} +{0},{1} @@\n", begin + 1, end - begin);
    for (std::size_t line = begin; line < end;) {
      const std::size_t change = std::min(next_change(line), end);
      for (; line < change; ++line) {
        add(diff, ' ', before_[line]);
      }
      std::size_t change_end = change;
      while (change_end < end && before_[change_end] != after_[change_end]) {
        add(diff, '-', before_[change_end++]);
      }
      for (; line < change_end; ++line) {
        add(diff, '+', after_[line]);
      }
    }
  }

  std::vector<std::string_view> before_;
  std::vector<std::string_view> after_;
  std::size_t count_;
};

}  // namespace

std::string line_diff(std::string_view name, std::string_view before, std::string_view after) {
  const std::string hunks = LineDiff(before, after).hunks();
  return hunks.empty() ? "" : fmt::format("--- {0}\n+++ {0}\n{1}", name, hunks);
}

}  // namespace fluke
