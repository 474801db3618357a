#include "text/quote.h"

#include <algorithm>

#include "text/utf8.h"

namespace text {
namespace {

constexpr bool is_control(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

/// A control, or a character that takes no room, turns the direction of what follows, or ends a
/// line where LF does not.
constexpr bool is_unseen(char32_t character) {
  return is_control(character) || character == 0x061C || character == 0x200B ||
         character == 0x200E || character == 0x200F ||
         (character >= 0x2028 && character <= 0x202E) ||
         (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
}

/// The length of a sequence that sets colours at the start of `text`, or 0.
std::size_t colour_length(std::string_view text) {
  constexpr std::string_view opening = "\x1b[";
  if (!text.starts_with(opening)) {
    return 0;
  }
  const std::size_t end = text.find_first_not_of("0123456789;:", opening.size());
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

void append_hex(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += "\\x";
    out += digits[value >> 4U];
    out += digits[value & 0x0FU];
  }
}

std::string_view short_escape(char byte) {
  switch (byte) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      return {};
  }
}

/// Appends `bytes`, one character or one invalid byte, as it is or as \xNN.
void append_visible(std::string& out, std::string_view bytes, bool printable) {
  if (printable) {
    out += bytes;
  } else {
    append_hex(out, bytes);
  }
}

/// `line` with the characters that `is_hidden` means, and invalid bytes, as \xNN.
std::string shown(std::string_view line, bool (*is_hidden)(char32_t)) {
  std::string out;
  out.reserve(line.size());
  while (!line.empty()) {
    const auto character = decode_utf8(line);
    const std::string_view bytes = line.substr(0, character ? character->length : 1);
    append_visible(out, bytes,
                   bytes == "\t" || (character.has_value() && !is_hidden(character->value)));
    line.remove_prefix(bytes.size());
  }
  return out;
}

/// In the quotes of a shell that know escapes.
std::string escaped_word(std::string_view word) {
  const std::string in_double_quotes = quoted(word);
  std::string out = "$'";
  for (const char c : std::string_view(in_double_quotes).substr(1, in_double_quotes.size() - 2)) {
    out += c == '\'' ? "\\" : "";
    out += c;
  }
  out += '\'';
  return out;
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  out.reserve(text.size() + 2);
  while (!text.empty()) {
    const auto character = decode_utf8(text);
    const std::string_view bytes = text.substr(0, character ? character->length : 1);
    const std::string_view escape = short_escape(bytes.front());
    if (!escape.empty()) {
      out += escape;
    } else {
      append_visible(out, bytes, character && !is_control(character->value));
    }
    text.remove_prefix(bytes.size());
  }
  out += '"';
  return out;
}

std::string neutralised(std::string_view line) {
  return shown(line, is_control);
}

std::string neutralised(std::string_view line, Colours colours) {
  std::string out;
  bool is_coloured = false;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = line.find('\x1b', at)) != std::string_view::npos;) {
    const std::size_t length = colour_length(line.substr(at));
    if (length > 0) {
      out += shown(line.substr(done, at - done), is_unseen);
      out += colours == Colours::kept ? line.substr(at, length) : "";
      is_coloured = colours == Colours::kept;
      done = at + length;
    }
    at += std::max<std::size_t>(length, 1);
  }
  out += shown(line.substr(done), is_unseen);
  return out + (is_coloured ? "\x1b[0m" : "");
}

std::string shell_word(std::string_view word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos) {
    return std::string(word);
  }
  if (neutralised(word) != word) {
    return escaped_word(word);
  }
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += R"('\'')";
    } else {
      out += c;
    }
  }
  out += '\'';
  return out;
}

std::string with_article(std::string_view noun) {
  const bool opens_with_vowel =
      !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return std::string(opens_with_vowel ? "an " : "a ").append(noun);
}

std::string counted(std::size_t count, std::string_view singular) {
  return counted(count, singular, std::string(singular) + "s");
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? singular : plural);
}

}  // namespace text
