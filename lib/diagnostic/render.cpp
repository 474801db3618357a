#include "diagnostic/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "text/quote.h"
#include "text/utf8.h"

namespace diagnostic {
namespace {

/// One line of a source text as a terminal shows it, and the carets that go below it. Everything
/// that makes aligning them hard (tabs, wide characters, control characters, lines too long to
/// show) is dealt with here.
struct Snippet {
  /// The line, or the part of it around the mark.
  std::string source;
  /// What moves the carets under the mark: spaces and tabs.
  std::string padding;
  /// At least one.
  std::string carets;
};

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

/// The snippet for the bytes from `begin` to `end` of `line`, both offsets into it. Clusters that
/// the mark only touches are marked whole; an empty mark, or one past the end, is one caret.
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

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view bold_red = "\x1b[1;31m";
constexpr std::string_view bold_yellow = "\x1b[1;33m";
constexpr std::string_view blue = "\x1b[34m";
constexpr std::string_view reset = "\x1b[0m";

/// What introduces a message, and the colour of it and of its carets.
struct Heading {
  std::string_view word;
  std::string_view style;
};

constexpr Heading note_heading = {.word = "note", .style = bold};

Heading heading_of(Severity severity) {
  if (severity == Severity::warning) {
    return {.word = "warning", .style = bold_yellow};
  }
  return {.word = "error", .style = bold_red};
}

std::string styled(std::string_view text, std::string_view style, Colour colour) {
  if (colour == Colour::off) {
    return std::string(text);
  }
  return fmt::format("{}{}{}", style, text, reset);
}

std::string headline(const Heading& heading, std::string_view message, Colour colour) {
  return fmt::format("{} {}\n", styled(fmt::format("{}:", heading.word), heading.style, colour),
                     text::neutralised(message));
}

/// The place, the line and the carets with `beside` after them.
std::string excerpt(const SourceFile& file, Range range, std::string_view beside,
                    const Heading& heading, Colour colour) {
  const Position position = file.position(range.begin);
  const std::string_view line = file.line(position.line);
  const auto line_start = static_cast<std::size_t>(line.data() - file.text().data());
  const std::size_t begin = std::min(position.byte - line_start, line.size());
  const std::size_t length = std::max(range.begin, range.end) - range.begin;
  const Snippet snippet = make_snippet(line, begin, std::min(begin + length, line.size()));

  const std::string number = std::to_string(position.line);
  const std::string blank(number.size(), ' ');
  const std::string bar = styled(fmt::format(" {} |", blank), blue, colour);
  std::string out;
  out += fmt::format(" {}{} {}:{}:{}\n", blank, styled("-->", blue, colour),
                     text::neutralised(file.name()), position.line, position.column);
  out += bar + '\n';
  out += styled(fmt::format(" {} |", number), blue, colour);
  out += snippet.source.empty() ? "\n" : fmt::format(" {}\n", snippet.source);
  out +=
      fmt::format("{} {}{}", bar, snippet.padding, styled(snippet.carets, heading.style, colour));
  out += beside.empty() ? "\n" : fmt::format(" {}\n", text::neutralised(beside));
  return out;
}

}  // namespace

std::string render(const Diagnostic& diagnostic, Colour colour) {
  const Heading heading = heading_of(diagnostic.severity);
  std::string out = headline(heading, diagnostic.summary, colour);
  if (diagnostic.file != nullptr) {
    out += excerpt(*diagnostic.file, diagnostic.range, diagnostic.detail, heading, colour);
  } else if (!diagnostic.detail.empty()) {
    out +=
        fmt::format("  {} {}\n", styled("=", blue, colour), text::neutralised(diagnostic.detail));
  }
  for (const Note& note : diagnostic.notes) {
    out += headline(note_heading, note.message, colour);
    if (note.file != nullptr) {
      out += excerpt(*note.file, note.range, "", note_heading, colour);
    }
  }
  return out;
}

std::string render(const Diagnostics& diagnostics, Colour colour) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!out.empty()) {
      out += '\n';
    }
    out += render(diagnostic, colour);
  }
  return out;
}

}  // namespace diagnostic
