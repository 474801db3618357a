#include "hcl/syntax/template_parts.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "hcl/syntax/characters.h"

namespace hcl::syntax {
namespace {

constexpr std::size_t no_indentation = std::numeric_limits<std::size_t>::max();

/// Calls `visit(line, begins_line)` for each line of each text, and `visit({}, begins_line)` for
/// each sequence.
template <typename Visit>
void for_each_line(std::span<const FlatPart> parts, Visit visit) {
  bool begins_line = true;
  for (const FlatPart& part : parts) {
    if (part.kind != FlatKind::text) {
      visit(part, std::string_view{}, begins_line);
      begins_line = false;
      continue;
    }
    std::string_view rest = part.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
      visit(part, rest.substr(0, end), begins_line);
      begins_line = rest[end - 1] == '\n';
      rest.remove_prefix(end);
    }
  }
}

/// Lines of nothing but space do not count, and stay as they are.
bool is_blank(std::string_view line) {
  return line.ends_with('\n') && leading_space(line) == line.size();
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::size_t bytes_of_characters(std::string_view text, std::size_t count) {
  std::size_t bytes = 0;
  for (; count > 0; --count) {
    bytes += first_character(text.substr(bytes)).length;
  }
  return bytes;
}

std::size_t common_indentation(std::span<const FlatPart> parts) {
  std::size_t common = no_indentation;
  for_each_line(parts, [&common](const FlatPart& part, std::string_view line, bool begins_line) {
    if (!begins_line || (part.kind == FlatKind::text && is_blank(line))) {
      return;
    }
    common = std::min(common, count_characters(line.substr(0, leading_space(line))));
  });
  return common;
}

}  // namespace

std::string_view strip_front(std::string_view text, bool is_heredoc) {
  const std::size_t line_end = is_heredoc ? text.find('\n') : std::string_view::npos;
  const std::string_view line =
      line_end == std::string_view::npos ? text : text.substr(0, line_end + 1);
  return text.substr(leading_space(line));
}

std::string_view strip_back(std::string_view text, bool is_heredoc) {
  std::size_t line_begin = 0;
  if (is_heredoc && text.size() > 1) {
    // A newline at the very end belongs to the line before the marker's.
    const std::size_t newline = text.rfind('\n', text.size() - 2);
    line_begin = newline == std::string_view::npos ? 0 : newline + 1;
    if (text.back() != '\n') {
      line_begin = std::max(line_begin, text.rfind('\n') + 1);
    }
  }
  return text.substr(0, text.size() - trailing_space(text.substr(line_begin)));
}

void remove_indentation(std::span<FlatPart> parts, Arena& arena) {
  const std::size_t common = common_indentation(parts);
  if (common == 0 || common == no_indentation) {
    return;
  }
  std::vector<std::string> texts(parts.size());
  for_each_line(parts, [&](const FlatPart& part, std::string_view line, bool begins_line) {
    if (begins_line && part.kind == FlatKind::text && !is_blank(line)) {
      line.remove_prefix(bytes_of_characters(line, common));
    }
    texts[static_cast<std::size_t>(&part - parts.data())] += line;
  });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].text = arena.copy_text(texts[i]);
  }
}

}  // namespace hcl::syntax
