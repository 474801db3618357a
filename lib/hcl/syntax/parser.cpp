#include "hcl/syntax/parser.h"

#include <utility>

#include "hcl/syntax/characters.h"
#include "hcl/syntax/parser_impl.h"

namespace hcl {
namespace syntax {

Parser::Parser(const diagnostic::SourceFile& source, Lexer::Start start)
    : source_(source),
      reporter_(source),
      peeker_(source.text(), reporter_, start),
      arena_(std::make_unique<Arena>()) {}

namespace {

/// UTF-16 with its byte order mark, or recognised by the zero bytes of its ASCII letters.
bool looks_like_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         (text.size() >= 4 && text[0] == '\0' && text[1] != '\0' && text[2] == '\0') ||
         (text.size() >= 4 && text[0] != '\0' && text[1] == '\0' && text[3] == '\0');
}

}  // namespace

void Parser::refuse_utf16() {
  if (looks_like_utf16(source_.text())) {
    reporter_.report(Kind::utf16, {0, 2}, "text is UTF-16, not UTF-8",
                     "save the file with the encoding UTF-8");
    reporter_.close();
  }
}

ParseResult Parser::parse_file() {
  refuse_utf16();
  Body body = parse_body(nullptr);
  return {.file = {.source = &source_, .arena = std::move(arena_), .body = body},
          .diagnostics = reporter_.take()};
}

Parser::Nesting::Nesting(Parser& parser, diagnostic::Range where) : parser_(parser) {
  if (++parser_.nesting_ > max_nesting) {
    parser_.report_nesting(where);
  }
}

void Parser::report_nesting(diagnostic::Range where) {
  reporter_.report(Kind::nesting, where, "nesting is too deep",
                   "blocks, brackets, templates and operators may be nested " +
                       std::to_string(max_nesting) +
                       " levels deep; the rest of the file was not read");
  reporter_.close();
}

void Parser::fail(Kind kind, diagnostic::Range range, std::string summary, std::string detail,
                  std::vector<diagnostic::Note> notes) {
  reporter_.report(kind, range, std::move(summary), std::move(detail), std::move(notes));
  reporter_.mute();
}

void Parser::fail_here(Kind kind, std::string summary, std::string detail) {
  const Token& next = peeker_.peek();
  const Token& last = peeker_.last();
  const bool is_known = next.kind == TokenKind::invalid ||
                        (last.kind == TokenKind::invalid && last.end == next.begin);
  if (!is_known) {
    reporter_.report(kind, next.range(), std::move(summary), std::move(detail));
  }
  reporter_.mute();
}

/// If `token` is a name that begins a line and is indented no further than the item that is being
/// read: the first character behind it, "e" for a comparison or an arrow. Otherwise 0.
char Parser::first_behind_name(const Token& token) const {
  if (token.kind != TokenKind::identifier || !token.is_first_on_line ||
      token.indent > item_indent_ || is_on_one_line_) {
    return '\0';
  }
  const std::string_view rest = peeker_.source().substr(token.end);
  const std::size_t next = rest.find_first_not_of(" \t");
  if (next == std::string_view::npos) {
    return '\0';
  }
  const char after = next + 1 < rest.size() ? rest[next + 1] : '\0';
  return rest[next] == '=' && (after == '=' || after == '>') ? 'e' : rest[next];
}

bool Parser::looks_like_block(const Token& token) const {
  const char next = first_behind_name(token);
  return next == '{' || next == '"';
}

bool Parser::looks_like_item(const Token& token) const {
  const char next = first_behind_name(token);
  return next == '{' || next == '"' || next == '=';
}

bool Parser::looks_like_body_end(const Token& token) const {
  return (token.kind == TokenKind::brace_close || token.kind == TokenKind::sequence_close) &&
         token.is_first_on_line && token.indent < item_indent_;
}

bool Parser::report_unclosed(const Token& open) {
  const Token& next = peeker_.peek();
  const bool at_end = next.kind == TokenKind::end_of_file;
  if (!at_end && !looks_like_item(next) && !looks_like_body_end(next)) {
    return false;
  }
  const std::string bracket(peeker_.text(open.range()));
  const std::string closer = bracket == "(" ? ")" : bracket == "[" ? "]" : "}";
  fail(Kind::unclosed_bracket, open.range(), "\"" + bracket + "\" is not closed",
       at_end ? "the file ends before its \"" + closer + "\""
              : "its \"" + closer + "\" is missing before the next line that begins something new");
  return true;
}

Parser::Found Parser::recover_in_bracket(TokenKind closer, int depth, bool newline_separates) {
  while (!is_at_item_ && !reporter_.closed()) {
    const Token& token = peeker_.peek_any();
    const bool is_inside = peeker_.depth() == depth;
    if (token.kind == TokenKind::end_of_file || peeker_.depth() < depth) {
      break;
    }
    const bool is_among_elements = is_inside && newline_separates;
    if (is_among_elements ? looks_like_block(token)
                          : looks_like_item(token) || looks_like_body_end(token)) {
      is_at_item_ = true;
      break;
    }
    if (is_inside && (token.kind == TokenKind::comma ||
                      (token.kind == TokenKind::newline && newline_separates))) {
      peeker_.read_any();
      reporter_.unmute();
      return Found::separator;
    }
    if (is_inside && token.kind == closer) {
      reporter_.unmute();
      return Found::closer;
    }
    if (is_inside && is_closing(token.kind)) {
      break;
    }
    peeker_.read_any();
  }
  peeker_.set_depth(depth - 1);
  return Found::nothing;
}

bool Parser::recover_behind(TokenKind closer, int depth) {
  while (true) {
    switch (recover_in_bracket(closer, depth, false)) {
      case Found::closer:
        peeker_.read_any();
        return true;
      case Found::nothing:
        return false;
      case Found::separator:
        reporter_.mute();
        break;
    }
  }
}

/// Whether `token`, behind a newline, begins a line that is indented further than the item that is
/// being read, so that it is more of the same.
bool Parser::continues_item(const Token& token) const {
  return token.is_first_on_line && token.indent > item_indent_ &&
         token.kind != TokenKind::brace_close && token.kind != TokenKind::end_of_file;
}

void Parser::recover_item() {
  while (!is_at_item_ && !reporter_.closed()) {
    const Token& token = peeker_.peek_any();
    const bool is_outside = peeker_.depth() <= item_depth_;
    if (token.kind == TokenKind::end_of_file) {
      swallowed_end_ = swallowed_end_ || !is_outside;
      break;
    }
    if (is_outside && token.kind == TokenKind::newline) {
      peeker_.read_any();
      if (!continues_item(peeker_.peek_any())) {
        break;
      }
      continue;
    }
    if (is_outside && token.kind == TokenKind::brace_close &&
        (token.is_first_on_line || is_on_one_line_)) {
      break;
    }
    if (!is_outside && (looks_like_item(token) || looks_like_body_end(token))) {
      is_at_item_ = true;
      break;
    }
    peeker_.read_any();
  }
  if (is_at_item_ || peeker_.peek_any().kind == TokenKind::invalid) {
    // The next item is read afresh: what the lexer reported about its beginning was muted.
    peeker_.restart_here(item_depth_);
  }
  is_at_item_ = false;
  peeker_.set_depth(item_depth_);
  reporter_.unmute();
}

}  // namespace syntax

ParseResult parse(const diagnostic::SourceFile& source) {
  return syntax::Parser(source, syntax::Lexer::Start::code).parse_file();
}

TemplateResult parse_template(const diagnostic::SourceFile& source) {
  return syntax::Parser(source, syntax::Lexer::Start::text).parse_template_file();
}

}  // namespace hcl
