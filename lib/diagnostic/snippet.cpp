#include "diagnostic/snippet.h"

#include "text/quote.h"
#include "text/utf8.h"

namespace diagnostic {
namespace {

constexpr std::size_t widest = 200;

/// Few enough that the mark is in sight even if each of them is shown as \xNN.
constexpr std::size_t bytes_kept_before_mark = 40;
constexpr std::string_view ellipsis = "…";

/// A line of more bytes is not even measured: it is surely too wide, or made to do harm, like one
/// with a thousand combining marks on a letter.
constexpr std::size_t most_bytes_shown = 16 * widest;

bool fits(std::string_view line) {
  return line.size() <= widest ||
         (line.size() <= most_bytes_shown && text::display_width(line) <= widest);
}

/// Where to begin to show a line that does not fit: some way before the mark, at the start of a
/// character.
std::size_t first_shown(std::string_view line, std::size_t begin) {
  if (begin <= bytes_kept_before_mark) {
    return 0;
  }
  std::size_t first = begin - bytes_kept_before_mark;
  while (first < begin && (static_cast<unsigned char>(line[first]) & 0xC0U) == 0x80U) {
    ++first;
  }
  return first;
}

}  // namespace

Snippet make_snippet(std::string_view line, std::size_t begin, std::size_t end) {
  const bool whole = fits(line);
  std::size_t at = whole ? 0 : first_shown(line, begin);
  Snippet snippet;
  if (at > 0) {
    snippet.source = ellipsis;
    snippet.padding = " ";
  }
  std::size_t columns = 0;
  while (at < line.size()) {
    const std::string_view cluster = line.substr(at, text::grapheme_length(line.substr(at)));
    const bool tab = cluster == "\t";
    const std::string shown = text::neutralised(cluster);
    const std::size_t width = tab ? 1 : text::display_width(shown);
    columns += width;
    if (!whole && (columns > widest || snippet.source.size() + shown.size() > most_bytes_shown)) {
      snippet.source += ellipsis;
      break;
    }
    snippet.source += shown;
    at += cluster.size();
    if (at <= begin) {
      snippet.padding += tab ? "\t" : std::string(width, ' ');
    } else if (at - cluster.size() < end) {
      snippet.carets.append(width, '^');
    }
  }
  if (snippet.carets.empty()) {
    snippet.carets = "^";
  }
  return snippet;
}

}  // namespace diagnostic
