// Blocks: their header, the braces, and what goes wrong with either.

#include <algorithm>
#include <limits>
#include <utility>

#include "hcl/syntax/parser_impl.h"
#include "hcl/syntax/string_literal.h"

namespace hcl::syntax {
namespace {

/// Whether `text` begins with a plain string, and then a brace: no value goes on like that.
bool is_label_and_brace(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::size_t open = line.find_first_not_of(" \t");
  if (open == std::string_view::npos || line[open] != '"') {
    return false;
  }
  const std::size_t close = line.find('"', open + 1);
  if (close == std::string_view::npos) {
    return false;
  }
  const std::size_t brace = line.find_first_not_of(" \t", close + 1);
  return brace != std::string_view::npos && line[brace] == '{' &&
         line.substr(open, close - open).find_first_of("\\$%") == std::string_view::npos;
}

std::uint32_t begin_of(const Attribute& attribute) {
  return attribute.name.range.begin;
}
std::uint32_t begin_of(const Block& block) {
  return block.header.begin;
}

/// Moves the items that begin at `place` or behind it from the end of `items` to `target`.
template <typename Item>
std::span<const Item> split_at(std::uint32_t place, std::span<const Item> items,
                               std::vector<Item>& target) {
  const auto first =
      std::ranges::find_if(items, [place](const Item& item) { return begin_of(item) >= place; });
  target.insert(target.end(), first, items.end());
  return {items.begin(), first};
}

/// How far lines are indented: what a person goes by where a brace is missing.
class Indentation {
 public:
  explicit Indentation(std::string_view text) : text_(text) {}

  /// Where a block that is not closed ends by the look of it: before its first item that is
  /// indented no further than the line of its brace. Nothing in a text that does not indent.
  [[nodiscard]] std::optional<std::uint32_t> end_of(Range open,
                                                    std::span<const Attribute> attributes,
                                                    std::span<const Block> blocks) const {
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    const std::uint32_t outer = of_line(open.begin);
    std::uint32_t end = none;
    bool is_indented = false;
    const auto look_at = [&](std::uint32_t place) {
      is_indented = is_indented || of_line(place) > outer;
      if (begins_line(place) && of_line(place) <= outer) {
        end = std::min(end, place);
      }
    };
    for (const Attribute& attribute : attributes) {
      look_at(begin_of(attribute));
    }
    for (const Block& block : blocks) {
      look_at(begin_of(block));
      is_indented = is_indented || is_body_indented(block);
    }
    return is_indented && end != none ? std::optional(end) : std::nullopt;
  }

 private:
  [[nodiscard]] std::size_t line_begin(std::uint32_t place) const {
    return text_.substr(0, place).rfind('\n') + 1;
  }
  [[nodiscard]] std::uint32_t of_line(std::uint32_t place) const {
    const std::size_t begin = line_begin(place);
    return static_cast<std::uint32_t>(
        std::min(text_.find_first_not_of(" \t", begin), text_.size()) - begin);
  }
  [[nodiscard]] bool begins_line(std::uint32_t place) const {
    return line_begin(place) + of_line(place) == place;
  }
  [[nodiscard]] bool is_body_indented(const Block& block) const {
    const Body& body = block.body;
    return (!body.attributes.empty() &&
            of_line(begin_of(body.attributes[0])) > of_line(begin_of(block))) ||
           (!body.blocks.empty() && of_line(begin_of(body.blocks[0])) > of_line(begin_of(block)));
  }

  std::string_view text_;
};

}  // namespace

/// Whether a block goes on here, behind its type. A header that is wrong counts too, if the line
/// shows that it is meant for one.
bool Parser::at_block_header() {
  const Token& next = peeker_.peek();
  switch (next.kind) {
    case TokenKind::brace_open:
    case TokenKind::quote_open:
    case TokenKind::identifier:
    case TokenKind::newline:
      return true;
    case TokenKind::invalid:
    case TokenKind::bracket_open:
    case TokenKind::paren_open:
      return rest_of_line(next.begin).ends_with('{');
    case TokenKind::equals:
    case TokenKind::colon:
      return is_label_and_brace(peeker_.source().substr(next.end));
    default:
      return false;
  }
}

std::optional<Block> Parser::parse_block(const Name& type) {
  const Nesting nesting(*this, type.range);
  if (peeker_.at(TokenKind::equals) || peeker_.at(TokenKind::colon)) {
    reporter_.report(Kind::block_header, peeker_.peek().range(), "unexpected " + found(),
                     "nothing but spaces stands between the type of a block and its labels");
    peeker_.read();
  }
  std::vector<Label> labels;
  while (!lost() && at_label()) {
    labels.push_back(parse_label());
  }
  const Range header = since(type.range.begin);
  const auto open = expect_open_brace(header, labels.size());
  if (!open) {
    return std::nullopt;
  }
  const Body body = parse_body(&*open);
  const Token close = peeker_.peek();
  if (close.kind == TokenKind::brace_close) {
    peeker_.read();
    note_closing(*open, close);
    expect_block_end();
  }
  return Block{.type = type,
               .labels = arena_->copy(labels),
               .open_brace = open->range(),
               .close_brace = close.range(),
               .body = body,
               .header = header};
}

/// A label in the wrong quotes counts too.
bool Parser::at_label() {
  return peeker_.at(TokenKind::quote_open) || peeker_.at(TokenKind::identifier) ||
         peeker_.at(TokenKind::invalid);
}

Label Parser::parse_label() {
  const Token open = peeker_.read();
  if (open.kind == TokenKind::invalid) {
    return {.text = "", .range = open.range()};
  }
  if (open.kind == TokenKind::identifier) {
    return {.text = peeker_.text(open.range()), .range = open.range()};
  }
  const int depth = peeker_.depth();
  Label label{.text = "", .range = open.range()};
  if (peeker_.at(TokenKind::text)) {
    const Token text = peeker_.read();
    label.text = peeker_.text(text.range());
    if (text.has_escapes) {
      label.text = arena_->copy_text(decode_quoted(label.text, text.begin, reporter_));
    }
  }
  if (!peeker_.at(TokenKind::quote_close)) {
    fail_here(Kind::template_in_label, "template in a label",
              "a label is fixed text; a plain \"${\" is written \"$${\", a plain \"%{\" \"%%{\"");
    recover_behind(TokenKind::quote_close, depth);
  } else if (peeker_.read().range().empty()) {
    reporter_.mute();
  }
  label.range = since(open.begin);
  return label;
}

/// The brace that opens a block. If something else comes first it is reported, and the block read
/// all the same if its brace is on this line or begins the next one.
std::optional<Token> Parser::expect_open_brace(Range header, std::size_t label_count) {
  if (lost()) {
    // A label whose quote is not closed has swallowed the brace.
    const bool has_brace = peeker_.text(header).ends_with('{') && peeker_.at(TokenKind::newline);
    return has_brace ? std::optional(assumed_open_brace(header.end)) : std::nullopt;
  }
  if (peeker_.at(TokenKind::brace_open)) {
    return peeker_.read();
  }
  if (peeker_.at(TokenKind::newline)) {
    peeker_.read();
    if (peeker_.at(TokenKind::brace_open)) {
      const Token open = peeker_.read();
      reporter_.report(Kind::brace_on_next_line, open.range(), "\"{\" on a line of its own",
                       "the opening brace of a block stands on the line of its type and labels");
      return open;
    }
  }
  if (peeker_.last().kind == TokenKind::newline || peeker_.at(TokenKind::end_of_file)) {
    return without_open_brace(header, label_count);
  }
  fail_here(Kind::block_header, "expected a label or \"{\", found " + found(),
            peeker_.at(TokenKind::equals)
                ? "a block has no \"=\"; an attribute has one name, and no labels"
                : "labels are names or quoted strings, separated by spaces");
  while (peeker_.depth() > item_depth_ ||
         (!peeker_.at(TokenKind::newline) && !peeker_.at(TokenKind::brace_close))) {
    if (peeker_.at(TokenKind::end_of_file)) {
      break;
    }
    const Token token = peeker_.read();
    if (token.kind == TokenKind::brace_open && peeker_.depth() == item_depth_ + 1) {
      reporter_.unmute();
      return token;
    }
  }
  return std::nullopt;
}

/// Goes on as behind a brace at `place`, where there is none.
Token Parser::assumed_open_brace(std::uint32_t place) {
  reporter_.unmute();
  peeker_.set_depth(peeker_.depth() + 1);
  return {.begin = place, .end = place, .kind = TokenKind::brace_open, .indent = item_indent_};
}

/// Behind a header that ends with its line. What follows is the body if it is indented like one:
/// then the place where the brace is missing stands for it.
std::optional<Token> Parser::without_open_brace(Range header, std::size_t label_count) {
  const Token& next = peeker_.peek();
  if (next.kind == TokenKind::identifier && next.indent > item_indent_) {
    reporter_.report(Kind::block_header, header, "block without \"{\"",
                     "a block goes on with \"{\" on the same line");
    return assumed_open_brace(header.end);
  }
  if (label_count == 0) {
    reporter_.report(Kind::missing_equals, header, "attribute without a value",
                     "write " + std::string(peeker_.text(header)) + " = …");
    return std::nullopt;
  }
  reporter_.report(Kind::block_header, header, "block without a body",
                   label_count == 1 ? "a block goes on with \"{\"; for an attribute, put \"=\" "
                                      "between name and value"
                                    : "a block goes on with \"{\" on the same line");
  return std::nullopt;
}

/// A block on one line holds one attribute: `a { b = 1 }`. On the way out the parser stands at the
/// closing brace, or, after a line break that should not be there, in a body of several lines.
void Parser::parse_rest_of_one_line_block(std::vector<Attribute>& attributes) {
  const int depth = peeker_.depth();
  const auto outer_line = std::exchange(is_on_one_line_, true);
  constexpr std::string_view rule =
      "a block on one line holds one attribute; put each item on a line of its own";
  if (peeker_.at(TokenKind::identifier)) {
    const Name name = name_of(peeker_.read());
    const Token next = peeker_.peek();
    if (next.kind == TokenKind::identifier || next.kind == TokenKind::quote_open ||
        next.kind == TokenKind::brace_open) {
      fail(Kind::one_line_block, diagnostic::join(name.range, next.range()),
           "block within a block on one line", std::string(rule));
    } else if (expect_equals(name)) {
      attributes.push_back(parse_attribute(name));
    }
  } else if (!peeker_.at(TokenKind::end_of_file)) {
    report_bad_item();
  }
  if (!lost() && peeker_.at(TokenKind::newline)) {
    if (peeker_.text(peeker_.peek().range()) == ";") {
      reporter_.mute();
    } else {
      layout_is_reported_ = true;
      reporter_.report(
          Kind::one_line_block, peeker_.peek().range(), "block on one line that does not end there",
          "what begins on the line of the \"{\" ends on it, with \"}\"; otherwise begin "
          "a new line behind the \"{\"");
    }
  } else if (!lost() && !peeker_.at(TokenKind::brace_close) &&
             !peeker_.at(TokenKind::end_of_file) && !report_number_suffix()) {
    fail_here(Kind::one_line_block, "expected \"}\" of a block on one line, found " + found(),
              std::string(rule));
  }
  while (lost() && recover_in_bracket(TokenKind::brace_close, depth, false) == Found::separator) {
    reporter_.mute();
  }
  is_on_one_line_ = outer_line;
}

void Parser::expect_block_end() {
  if (lost()) {
    return;
  }
  const Token next = peeker_.peek();
  if (next.kind == TokenKind::newline || next.kind == TokenKind::end_of_file) {
    return;
  }
  if (next.kind == TokenKind::comma) {
    peeker_.read();
  }
  if (next.kind == TokenKind::comma || next.kind == TokenKind::identifier ||
      next.kind == TokenKind::brace_close) {
    reporter_.report(
        Kind::missing_newline, next.range(),
        "expected the end of the line after a block, found " + describe(next, peeker_.source()),
        "a block ends with its line");
    return;
  }
  fail_here(Kind::missing_newline, "expected the end of the line after a block, found " + found(),
            "a block ends with its line");
}

/// Ends a block whose brace is missing, within which the file then seems to go on: reports it, and
/// gives what is not indented like its items back to the body around it. Where the block ends.
std::uint32_t Parser::end_unclosed_block(const Token& open, std::vector<Attribute>& attributes,
                                         std::vector<Block>& blocks) {
  const Indentation indentation(source_.text());
  // Or the brace of a block in this one is missing, which took the brace of this one.
  if (const Mismatch* mismatch = mismatch_behind(open.begin)) {
    const auto inner = std::ranges::find(blocks, mismatch->open, &Block::open_brace);
    if (inner != blocks.end()) {
      Body& body = inner->body;
      const std::uint32_t end = indentation.end_of(inner->open_brace, body.attributes, body.blocks)
                                    .value_or(body.range.end);
      body = {.attributes = split_at(end, body.attributes, swallowed_attributes_),
              .blocks = split_at(end, body.blocks, swallowed_blocks_),
              .range = {body.range.begin, end}};
    }
  }
  take_swallowed(attributes, blocks);
  const auto by_place = [](const auto& a, const auto& b) { return begin_of(a) < begin_of(b); };
  std::ranges::sort(attributes, by_place);
  std::ranges::sort(blocks, by_place);
  const auto end = indentation.end_of(open.range(), attributes, blocks);
  report_unclosed_block(open, end);
  if (end) {
    attributes.resize(split_at<Attribute>(*end, attributes, swallowed_attributes_).size());
    blocks.resize(split_at<Block>(*end, blocks, swallowed_blocks_).size());
  }
  return end.value_or(peeker_.peek().begin);
}

void Parser::take_swallowed(std::vector<Attribute>& attributes, std::vector<Block>& blocks) {
  for (const Attribute& attribute : swallowed_attributes_) {
    attributes.push_back(attribute);
  }
  for (const Block& block : swallowed_blocks_) {
    blocks.push_back(block);
  }
  swallowed_attributes_.clear();
  swallowed_blocks_.clear();
}

/// Takes note of a closing brace that is indented less than the line of its opening brace.
void Parser::note_closing(const Token& open, const Token& close) {
  if (close.is_first_on_line && close.indent < open.indent) {
    mismatches_.push_back({.open = open.range(), .close = close.range()});
  }
}

/// The first one whose opening brace is behind `place`, or null.
const Parser::Mismatch* Parser::mismatch_behind(std::uint32_t place) const {
  const auto found = std::ranges::find_if(
      mismatches_, [place](const Mismatch& mismatch) { return mismatch.open.begin > place; });
  return found == mismatches_.end() ? nullptr : &*found;
}

/// `end` is where it ends by the look of it. Of several that the end of the file leaves open, the
/// innermost is reported, and those that are seen to end earlier.
void Parser::report_unclosed_block(const Token& open, std::optional<std::uint32_t> end) {
  const bool is_known = open.range().empty() ||
                        reporter_.has_reported(Kind::unterminated_heredoc) ||
                        reporter_.has_reported(Kind::unterminated_comment);
  const Mismatch* inner = mismatch_behind(open.begin);
  const bool is_innermost = !std::exchange(swallowed_end_, true);
  if (is_known || !(is_innermost || end || inner != nullptr)) {
    return;
  }
  std::string detail = "the file ends before its \"}\"";
  std::vector<diagnostic::Note> notes;
  if (inner != nullptr) {
    notes.push_back(
        reporter_.note(inner->close, "this \"}\" closes it, but is indented like one further out"));
  } else if (end) {
    detail =
        "its \"}\" seems to be missing before line " + std::to_string(source_.position(*end).line);
  }
  reporter_.report(Kind::unclosed_block, inner != nullptr ? inner->open : open.range(),
                   "\"{\" is not closed", std::move(detail), std::move(notes));
  std::erase_if(mismatches_,
                [&](const Mismatch& mismatch) { return mismatch.open.begin > open.begin; });
}

}  // namespace hcl::syntax
