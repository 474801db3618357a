// The recursive-descent parser: one method a production of the grammar, in one file a part of it.
//
// Vocabulary: `parse_X` returns an X; `expect_X` reads an X or reports a user's mistake. After a
// report the parser is *lost*: it reports nothing more, and every method returns at once with what
// it has. The nearest bracket or body that knows where it goes on calls `recover_…`, and the
// parser is found again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hcl/syntax/parser.h"
#include "hcl/syntax/peeker.h"
#include "hcl/syntax/reporter.h"
#include "hcl/syntax/template_parts.h"
#include "hcl/syntax/tree.h"

namespace hcl::syntax {

class Parser {
 public:
  Parser(const diagnostic::SourceFile& source, Lexer::Start start);

  [[nodiscard]] ParseResult parse_file();
  [[nodiscard]] TemplateResult parse_template_file();

 private:
  // parser.cpp: mistakes and the way back.
  void refuse_utf16();

  /// One more level of nesting for as long as it lives; false if that is too deep. Then the parser
  /// has given up on the file.
  class Nesting {
   public:
    Nesting(Parser& parser, diagnostic::Range where);
    ~Nesting() { --parser_.nesting_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    explicit operator bool() const { return parser_.nesting_ <= max_nesting; }

   private:
    Parser& parser_;
  };
  void report_nesting(diagnostic::Range where);

  [[nodiscard]] bool lost() const { return reporter_.muted() || reporter_.closed(); }
  void fail(Kind kind, diagnostic::Range range, std::string summary, std::string detail,
            std::vector<diagnostic::Note> notes = {});
  /// As `fail`, at the next token, unless the lexer has reported that one already, or the one that
  /// it sticks to.
  void fail_here(Kind kind, std::string summary, std::string detail);
  [[nodiscard]] std::string found() { return describe(peeker_.peek(), peeker_.source()); }

  enum class Found { separator, closer, nothing };
  /// Skips to the next comma (or newline, where that separates) or to `closer` in the bracket whose
  /// content is at `depth`; reads a separator, leaves a closer.
  Found recover_in_bracket(TokenKind closer, int depth, bool newline_separates);
  /// Skips to `closer` and reads it. False if it is not there: then the parser is still lost.
  bool recover_behind(TokenKind closer, int depth);
  /// Skips the rest of an item of a body, its newline and more deeply indented lines included.
  void recover_item();
  /// Whether `token`, while the parser is lost within brackets, can only be the start of the next
  /// item of a body or the end of the body.
  [[nodiscard]] bool looks_like_item(const Token& token) const;
  /// The same, but only what no element of an object can look like.
  [[nodiscard]] bool looks_like_block(const Token& token) const;
  [[nodiscard]] bool looks_like_body_end(const Token& token) const;
  [[nodiscard]] bool continues_item(const Token& token) const;
  [[nodiscard]] char first_behind_name(const Token& token) const;
  /// Reports that a bracket is never closed, if the next token shows that; otherwise false.
  bool report_unclosed(const Token& open);

  // parser_hints.cpp: what to say where something does not go on as it should.
  [[nodiscard]] std::string hint_for_missing_value();
  [[nodiscard]] std::string hint_behind_value(const Expression& value);
  [[nodiscard]] std::string hint_behind_element(TokenKind closer);
  [[nodiscard]] std::string quotes_are_missing(std::uint32_t begin) const;
  [[nodiscard]] std::string_view rest_of_line(std::uint32_t begin) const;

  // parser_body.cpp
  Body parse_body(const Token* open);
  void parse_item(std::vector<Attribute>& attributes, std::vector<Block>& blocks);
  void report_bad_item();
  bool expect_equals(const Name& name);
  [[nodiscard]] bool ends_with_equals(const Token& token) const;
  Attribute parse_attribute(const Name& name);
  void expect_attribute_end(const Attribute& attribute);
  void remove_duplicates(std::vector<Attribute>& attributes);

  // parser_block.cpp
  /// A brace whose closing brace is indented less than its own line: probably that one belongs
  /// further out, and this one is not closed.
  struct Mismatch {
    Range open;
    Range close;
  };
  bool at_block_header();
  std::optional<Block> parse_block(const Name& type);
  std::optional<Token> without_open_brace(Range header, std::size_t label_count);
  Token assumed_open_brace(std::uint32_t place);
  std::optional<Token> expect_open_brace(Range header, std::size_t label_count);
  bool at_label();
  Label parse_label();
  void parse_rest_of_one_line_block(std::vector<Attribute>& attributes);
  void expect_block_end();
  [[nodiscard]] const Mismatch* mismatch_behind(std::uint32_t place) const;
  std::uint32_t end_unclosed_block(const Token& open, std::vector<Attribute>& attributes,
                                   std::vector<Block>& blocks);
  void report_unclosed_block(const Token& open, std::optional<std::uint32_t> end);
  void take_swallowed(std::vector<Attribute>& attributes, std::vector<Block>& blocks);
  void note_closing(const Token& open, const Token& close);

  // parser_expression.cpp
  const Expression* parse_expression();
  const Expression* parse_binary(int lowest);
  const Expression* parse_unary();
  Expression parse_term();
  Expression parse_name_or_call();
  Expression parse_parentheses();
  Expression parse_misplaced_interpolation();
  Expression report_no_expression();
  bool report_number_suffix();

  // parser_steps.cpp
  const Expression* parse_steps(const Expression& term);
  [[nodiscard]] bool at_step();
  Expression with_steps(const Expression& source, std::vector<Step>& steps);
  void parse_dot_step(const Token& dot, std::vector<Step>& steps);
  void parse_index_step(const Token& open, std::vector<Step>& steps);
  Expression parse_splat(const Expression& source, const Token& mark);
  Range parse_star(const Token& mark);
  void parse_steps_of_attribute_splat(std::vector<Step>& steps);
  void parse_steps_of_full_splat(std::vector<Step>& steps);

  // parser_collection.cpp
  Expression parse_tuple();
  Expression parse_call(const Name& name);
  Name parse_function_name(const Name& first);
  bool parse_list(const Token& open, TokenKind closer, std::vector<const Expression*>& items,
                  bool* expands_last);
  void expect_separator(const Token& open, TokenKind closer, bool* expands_last);
  Expression parse_object();
  void parse_element(std::vector<ObjectItem>& items, const Token& open);
  const Expression* parse_key();
  bool report_unclosed_object(const Token& open);
  void report_no_value();
  Expression parse_for(const Token& open);
  bool parse_for_intro(std::optional<Name>& key, Name& value);
  void parse_for_result(ForExpression& result, bool is_object);

  // parser_template.cpp
  Expression parse_template();
  void parse_parts(std::vector<FlatPart>& parts, TokenKind closer, bool is_heredoc);
  FlatPart parse_text(const Token& token, bool is_heredoc, bool strips);
  void finish_heredoc(std::span<FlatPart> parts, bool is_flush);
  void parse_sequence(std::vector<FlatPart>& parts, const Token& open, int& directives);
  void expect_sequence_end(const Token& open);
  void parse_directive(FlatPart& part, int& directives);
  std::span<const TemplatePart> fold(std::span<const FlatPart> parts);
  [[nodiscard]] std::vector<diagnostic::Note> notes_on_opening(
      std::span<const FlatPart> parts) const;
  void fold_until_end(std::span<const FlatPart> parts, std::size_t& next,
                      std::vector<TemplatePart>& result);
  std::span<const TemplatePart> fold_content(std::span<const FlatPart> parts, std::size_t& next);
  TemplatePart fold_if(std::span<const FlatPart> parts, std::size_t& next);
  TemplatePart fold_for(std::span<const FlatPart> parts, std::size_t& next);
  Range expect_directive_end(std::span<const FlatPart> parts, std::size_t& next,
                             const FlatPart& begin, FlatKind end);

  [[nodiscard]] Name name_of(const Token& token) const {
    return {.text = peeker_.text(token.range()), .range = token.range()};
  }
  [[nodiscard]] bool at_keyword(std::string_view word) {
    return peeker_.at(TokenKind::identifier) && peeker_.text(peeker_.peek().range()) == word;
  }
  [[nodiscard]] const Expression* make(Range range, decltype(Expression::node) node) {
    return arena_->make(Expression{.range = range, .node = node});
  }
  [[nodiscard]] Range since(std::uint32_t begin) const {
    return {begin, peeker_.last_end() > begin ? peeker_.last_end() : begin};
  }

  const diagnostic::SourceFile& source_;
  Reporter reporter_;
  Peeker peeker_;
  std::unique_ptr<Arena> arena_;
  int nesting_ = 0;

  /// The indentation of the item that is being read, and how many brackets were open before it.
  std::uint32_t item_indent_ = 0;
  int item_depth_ = 0;
  bool is_on_one_line_ = false;
  /// The body being read began on the line of its opening brace and should have ended there: how
  /// its lines end has been said enough about.
  bool layout_is_reported_ = false;
  /// A skip ended before something that looks like the next item, although brackets are open.
  bool is_at_item_ = false;
  /// A mistake took everything up to the end of the file: what is not closed there is its fault.
  bool swallowed_end_ = false;

  /// In the order of their closing braces.
  std::vector<Mismatch> mismatches_;

  /// What a block that is not closed took from the body around it.
  std::vector<Attribute> swallowed_attributes_;
  std::vector<Block> swallowed_blocks_;
};

}  // namespace hcl::syntax
