#include "diagnostic/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "diagnostic/snippet.h"
#include "text/quote.h"

namespace diagnostic {
namespace {

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
