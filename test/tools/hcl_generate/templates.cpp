#include "tools/hcl_generate/expressions.h"

namespace generate {
namespace {

constexpr const char* words[] = {
    "a", "hello", "x y",    " ",   "  ", "é",  "e\u0301", "ﬁ", "日本",  "👩‍👩‍👧",
    "$", "%",     "$${",    "%%{", "}",  "~",  "$ {",     "1", "true",  "'",
    "#", "//",    "\u00a0", "{",   "%$", "\t", "\u200b",  "Å", "/* */", "EOT",
    "ΐ"};
constexpr const char* escapes[] = {"\\n",     "\\r",         "\\t",     "\\\"",    "\\\\",
                                   "\\u00e9", "\\U0001F600", "\\u0301", "\\u0024{"};
constexpr const char* heredoc_only[] = {"\\n", "\"", "\\", "\"${", "\\u00e9"};

}  // namespace

std::string Expressions::literal_text(bool in_heredoc) {
  std::string text;
  const std::size_t count = random_->below(4);
  for (std::size_t i = 0; i < count; ++i) {
    if (random_->chance(20)) {
      // `"${` would open an interpolation that nothing ends: only now and then.
      text += in_heredoc ? heredoc_only[random_->below(random_->chance(3) ? 5 : 3)]
                         : random_->one_of(escapes);
    } else {
      text += random_->one_of(words);
    }
  }
  return text;
}

std::string Expressions::template_parts(int depth, bool in_heredoc) {
  std::string text;
  const std::size_t count = random_->between(1, 4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t choice = random_->below(10);
    text += choice < 4   ? literal_text(in_heredoc)
            : choice < 8 ? interpolation(depth)
                         : directive(depth, in_heredoc);
  }
  return text;
}

std::string Expressions::quoted(int depth) {
  return "\"" + (random_->chance(12) ? interpolation(depth) : template_parts(depth, false)) + "\"";
}

std::string Expressions::interpolation(int depth) {
  const Brackets brackets(*this, true);
  const Kind kind = static_cast<Kind>(random_->below(3));
  std::string text = random_->chance(12) ? "${~" : "${";
  text += gap() + expression(kind, depth) + gap();
  return text + (random_->chance(12) ? "~}" : "}");
}

std::string Expressions::sequence(std::string_view text) {
  return (random_->chance(25) ? "%{~ " : "%{ ") + std::string(text) +
         (random_->chance(25) ? " ~}" : " }");
}

std::string Expressions::directive_for_head(int depth) {
  const std::string index = "k" + std::to_string(bindings_.size());
  const std::string item = "x" + std::to_string(bindings_.size());
  const std::string collection = random_->chance(70)
                                     ? random_->one_of({"words", "nums", "map", "none", "[1, 2]"})
                                     : expression(Kind::tuple, depth);
  const bool has_index = random_->chance(40);
  if (has_index) {
    bindings_.push_back({index, Kind::anything});
  }
  bindings_.push_back({item, Kind::anything});
  return sequence("for " + (has_index ? index + ", " : "") + item + " in " + collection);
}

std::string Expressions::directive(int depth, bool in_heredoc) {
  const Brackets brackets(*this, false);
  const Bound bound(*this);
  const auto body = [&] {
    std::string text = in_heredoc && random_->chance(50) ? "\n" + indentation() : "";
    text += depth > 0 ? template_parts(depth - 1, in_heredoc) : literal_text(in_heredoc);
    return text + (in_heredoc && random_->chance(50) ? "\n" + indentation() : "");
  };
  if (random_->chance(40)) {
    std::string text = directive_for_head(depth);
    text += body();
    return text + sequence("endfor");
  }
  std::string text = sequence("if " + expression(Kind::boolean, depth));
  text += body();
  if (random_->chance(50)) {
    text += sequence("else") + body();
  }
  return text + sequence("endif");
}

std::string Expressions::indentation() {
  static constexpr const char* indents[] = {"",  "  ",     "    ",    "      ", "\t", " \t",
                                            " ", "\u2003", "\u00a0 ", "   ",    "  "};
  return random_->one_of(indents);
}

std::string Expressions::heredoc_lines(int depth, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (random_->chance(12)) {
      text += random_->one_of({"\n", "  \n", "\t\n", "        \n"});
    } else {
      text += indentation() + template_parts(depth, true) + "\n";
    }
  }
  return text;
}

std::string Expressions::heredoc(int depth) {
  ++heredocs_;
  const Brackets brackets(*this, false);
  const std::string marker = random_->one_of({"EOT", "END", "E-1", "_x", "Ü"});
  std::string text = (random_->chance(60) ? "<<-" : "<<") + marker + "\n";
  text += heredoc_lines(depth, random_->below(5));
  text += indentation() + marker + "\n";
  --heredocs_;
  return text;
}

}  // namespace generate
