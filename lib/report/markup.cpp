#include "report/markup.h"

#include <cstddef>
#include <utility>

#include "text/lines.h"
#include "text/quote.h"

namespace report {
namespace {

std::string_view escape_of(char byte) {
  switch (byte) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

void append_escaped(std::string& out, char byte) {
  if (const std::string_view escape = escape_of(byte); !escape.empty()) {
    out += escape;
  } else {
    out += byte;
  }
}

/// The two characters that XML leaves out and that are no controls.
std::string without_noncharacters(std::string text) {
  for (const auto& [character, visible] : {std::pair("\xef\xbf\xbe", "\\xef\\xbf\\xbe"),
                                           std::pair("\xef\xbf\xbf", "\\xef\\xbf\\xbf")}) {
    for (std::size_t at = 0; (at = text.find(character, at)) != std::string::npos;) {
      text.replace(at, std::string_view(character).size(), visible);
    }
  }
  return text;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  text::for_each_line(text, [&](std::string_view line) {
    out += without_noncharacters(text::neutralised(line, text::Colours::left_out));
    out += '\n';
  });
  if (!text.empty() && !text.ends_with('\n')) {
    out.pop_back();
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char byte : visible(text)) {
    append_escaped(out, byte);
  }
  return out;
}

std::string escaped_attribute(std::string_view text) {
  std::string out;
  for (const char byte : visible(text)) {
    if (byte == '\n') {
      out += "&#10;";
    } else {
      append_escaped(out, byte);
    }
  }
  return out;
}

}  // namespace report
