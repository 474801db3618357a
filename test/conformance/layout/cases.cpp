#include "conformance/layout/cases.h"

#include <algorithm>
#include <utility>

namespace conformance {
namespace {

constexpr std::size_t deepest = 4;

const std::vector<std::string_view> names = {"a",  "bb",          "name", "n-1",   "größe",
                                             "in", "if",          "for",  "null",  "true",
                                             "_x", "working_dir", "e",    "local", "名"};
const std::vector<std::string_view> numbers = {"0", "1", "42", "2.50", "1e3", "6.02e-23", "7E+2"};
const std::vector<std::string_view> operators = {"+",  "-", "*",  "/",  "%",  "&&", "||",
                                                 "==", "<", "!=", ">=", "<=", ">"};
const std::vector<std::string_view> texts = {
    "x", "two words", "\\n",     "\\\"", "$", "%",       "$${n",
    "é", "  ",        "e\u0301", "%%{",  "#", "\\u00e9", "👩‍👩‍👧",
    "{", "//"};
const std::vector<std::string_view> fragments = {
    "{",   "}",  "[",  "]",   "(",    ")",    "\"",    "${",   "%{",   "~}",     "=", "==",
    "=>",  ",",  ".",  "...", "?",    ":",    "::",    "!",    "-",    "*",      "#", "//",
    "/*",  "*/", "\n", " ",   "\t",   "\r\n", "<<E\n", "E\n",  "in",   "a",      "1", "'x'",
    "`",   ";",  "@",  "&",   "|",    "\\",   "$",     "%",    "~",    "<<-E\n", "é", "\"x\"",
    "[*]", ".*", ".0", "$${", "\n\n", "1.",   "e5",    "0x1F", "1.2.3"};

}  // namespace

std::size_t Cases::below(std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
}

std::string_view Cases::one_of(const std::vector<std::string_view>& choices) {
  return choices[below(choices.size())];
}

std::string Cases::file() {
  text_.clear();
  body(0);
  return std::exchange(text_, {});
}

void Cases::gap() {
  constexpr std::string_view spaces = "    ";
  put(once_in(8) ? "\t" : spaces.substr(0, below(3)));
}

void Cases::wide_gap() {
  gap();
  if (newlines_mean_nothing_ && once_in(6)) {
    put(once_in(4) ? " # in between\n" : once_in(4) ? "/* c */" : "\n");
    gap();
  }
}

void Cases::put_spaced(std::string_view text) {
  wide_gap();
  put(text);
  wide_gap();
}

void Cases::body(std::size_t depth) {
  for (std::size_t i = below(6); i > 0; --i) {
    gap();
    if (once_in(8)) {
      put("# a comment\n");
    } else if (once_in(8)) {
      put("/* a\n comment */\n");
    } else if (once_in(8)) {
      put("\n");
    } else if (depth < deepest && once_in(3)) {
      block(depth + 1);
    } else {
      attribute(depth + 1);
    }
  }
}

void Cases::line_end() {
  gap();
  put(once_in(6) ? "# why\n" : once_in(9) ? "// why\n" : once_in(9) ? "/* why */\n" : "\n");
}

void Cases::attribute(std::size_t depth) {
  put(one_of(names));
  gap();
  put("=");
  gap();
  if (once_in(10)) {
    heredoc(depth);
    return;
  }
  expression(depth);
  line_end();
}

void Cases::block(std::size_t depth) {
  put(one_of(names));
  for (std::size_t i = below(3); i > 0; --i) {
    put(" ");
    put(once_in(3) ? one_of(names) : "\"a label\"");
  }
  gap();
  put("{");
  if (once_in(5)) {
    gap();
    if (!once_in(3)) {
      put("one = ");
      term(deepest);
    }
    gap();
  } else {
    line_end();
    body(depth);
    gap();
  }
  put("}");
  line_end();
}

void Cases::expression(std::size_t depth) {
  term(depth);
  while (once_in(4)) {
    wide_gap();
    put(" ");
    put(one_of(operators));
    wide_gap();
    term(depth);
  }
  if (depth < deepest && once_in(10)) {
    put_spaced("?");
    expression(depth + 1);
    put_spaced(" :");
    expression(depth + 1);
  }
}

void Cases::term(std::size_t depth) {
  if (once_in(8)) {
    put(once_in(2) ? "!" : "-");
    gap();
  }
  switch (depth < deepest ? below(10) : below(3)) {
    case 0:
      put(one_of(numbers));
      return;
    case 1:
      quoted(depth + 1);
      return;
    case 3:
      list("[", "]", depth + 1);
      break;
    case 4:
      object(depth + 1);
      break;
    case 5: {
      const bool outer = std::exchange(newlines_mean_nothing_, true);
      put("(");
      expression(depth + 1);
      newlines_mean_nothing_ = outer;
      put(" )");
      break;
    }
    case 6:
      put(one_of(names));
      list("(", once_in(5) ? "x... )" : ")", depth + 1);
      break;
    case 7:
      for_expression(depth + 1);
      break;
    default:
      put(one_of(names));
      break;
  }
  while (once_in(4)) {
    put(once_in(3)   ? "[*]"
        : once_in(3) ? ".*"
        : once_in(3) ? ".0"
        : once_in(2) ? "[ 0]"
                     : " .member");
  }
}

void Cases::list(std::string_view open, std::string_view close, std::size_t depth) {
  const bool outer = std::exchange(newlines_mean_nothing_, true);
  put(open);
  for (std::size_t i = below(4); i > 0; --i) {
    wide_gap();
    expression(depth);
    put_spaced(",");
  }
  put(close);
  newlines_mean_nothing_ = outer;
}

void Cases::object(std::size_t depth) {
  const bool outer = std::exchange(newlines_mean_nothing_, false);
  put("{");
  for (std::size_t i = below(4); i > 0; --i) {
    put(once_in(2) ? "\n" : " ");
    gap();
    put(once_in(4) ? "\"a key\"" : once_in(4) ? "(k)" : "key");
    gap();
    put(once_in(3) ? ":" : "=");
    gap();
    expression(depth);
    put(once_in(3) ? "," : once_in(3) ? " # why\n" : "\n");
  }
  gap();
  put("}");
  newlines_mean_nothing_ = outer;
}

void Cases::for_expression(std::size_t depth) {
  const bool outer = std::exchange(newlines_mean_nothing_, true);
  const bool is_object = once_in(2);
  put(is_object ? "{ for k, v in " : "[for v in ");
  expression(depth);
  put_spaced(" :");
  expression(depth);
  if (is_object) {
    put_spaced(" =>");
    expression(depth);
    put(once_in(3) ? "..." : "");
  }
  if (once_in(3)) {
    put(" if ");
    expression(depth);
  }
  put(is_object ? " }" : " ]");
  newlines_mean_nothing_ = outer;
}

void Cases::template_part(std::size_t depth) {
  if (depth >= deepest || !once_in(3)) {
    put(one_of(texts));
    return;
  }
  const bool outer = std::exchange(newlines_mean_nothing_, true);
  if (once_in(3)) {
    put(once_in(2) ? "%{ if " : "%{~if ");
    expression(depth + 1);
    put(once_in(2) ? " }yes%{ else }no%{endif}" : "~}yes%{ endif ~}");
  } else {
    put(once_in(3) ? "${~" : "${");
    gap();
    expression(depth + 1);
    gap();
    put(once_in(3) ? "~}" : "}");
  }
  newlines_mean_nothing_ = outer;
}

void Cases::quoted(std::size_t depth) {
  put("\"");
  for (std::size_t i = below(4); i > 0; --i) {
    template_part(depth);
  }
  put("\"");
}

void Cases::heredoc(std::size_t depth) {
  put(once_in(2) ? "<<-EOT\n" : "<<EOT\n");
  for (std::size_t line = below(4); line > 0; --line) {
    gap();
    for (std::size_t i = below(4); i > 0; --i) {
      template_part(depth);
    }
    put("\n");
  }
  gap();
  put("EOT\n");
}

std::string Cases::damaged(std::string_view text) {
  std::string result(text);
  for (std::size_t i = 1 + below(4); i > 0; --i) {
    const std::size_t at = below(result.size() + 1);
    const std::size_t size = std::min(1 + below(6), result.size() - at);
    switch (below(5)) {
      case 0:
        result.erase(at, size);
        break;
      case 1:
        result.insert(at, result.substr(at, size));
        break;
      case 2:
        result.resize(once_in(4) ? at : result.size());
        break;
      default:
        result.insert(at, one_of(fragments));
        break;
    }
  }
  return result;
}

}  // namespace conformance
