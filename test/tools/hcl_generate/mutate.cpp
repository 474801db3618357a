#include <algorithm>
#include <cctype>

#include "tools/hcl_generate/files.h"

namespace generate {
namespace {

constexpr const char* insertions[] = {"{",
                                      "}",
                                      "(",
                                      ")",
                                      "[",
                                      "]",
                                      "\"",
                                      "${",
                                      "%{",
                                      "~}",
                                      "<<EOT\n",
                                      "\n",
                                      ",",
                                      "...",
                                      "=>",
                                      "..",
                                      ".",
                                      "[*]",
                                      "'",
                                      ";",
                                      "&",
                                      "|",
                                      "\\",
                                      "/*",
                                      "*/",
                                      "#",
                                      "\xEF\xBB\xBF",
                                      "\r",
                                      "\xFF",
                                      "=",
                                      "==",
                                      "?",
                                      ":",
                                      "!",
                                      "~",
                                      "`",
                                      "1",
                                      "0.5.1",
                                      " if ",
                                      " for ",
                                      " in ",
                                      "-",
                                      "%{ endif }",
                                      "%{ else }",
                                      "$${",
                                      "\t",
                                      "é",
                                      "\u00a0",
                                      "“",
                                      "$",
                                      "%",
                                      "*",
                                      "<<-X\n a\nX\n",
                                      "\\u12",
                                      "\\q",
                                      "@",
                                      "^",
                                      " null ",
                                      "%{ endfor }",
                                      "%{ if }",
                                      ".0",
                                      "[",
                                      "\f"};

/// The bytes of a token, roughly: a word, or one other character.
std::size_t token_length(std::string_view text, std::size_t at) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  std::size_t end = at + 1;
  while (is_word(text[at]) && end < text.size() && is_word(text[end])) {
    ++end;
  }
  return end - at;
}

void remove_line(Random& random, std::string& text) {
  const std::size_t at = random.below(text.size());
  const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
  const std::size_t begin = text.rfind('\n', at == 0 ? 0 : at - 1);
  const std::size_t first = begin == std::string::npos ? 0 : begin + 1;
  if (first <= end) {
    text.erase(first, end + 1 - first);
  }
}

void change(Random& random, std::string& text) {
  if (text.empty()) {
    text = random.one_of(insertions);
    return;
  }
  const std::size_t at = random.below(text.size());
  const std::size_t length = token_length(text, at);
  switch (random.below(9)) {
    case 0:
    case 1:
      text.erase(at, length);
      break;
    case 2:
      text.insert(at, text.substr(at, length));
      break;
    case 3:
      text.replace(at, length, random.one_of(insertions));
      break;
    case 4:
      remove_line(random, text);
      break;
    case 5:
      text.erase(at);
      break;
    case 6:
      std::swap(text[at], text[std::min(at + 1, text.size() - 1)]);
      break;
    default:
      text.insert(at, random.one_of(insertions));
      break;
  }
}

}  // namespace

std::string mutated(Random& random, std::string text) {
  const std::size_t count = random.between(1, 3);
  for (std::size_t i = 0; i < count; ++i) {
    change(random, text);
  }
  return text;
}

}  // namespace generate
