// What may follow a term: attributes, indexes and splats.

#include "hcl/syntax/parser_impl.h"

namespace hcl::syntax {

/// `term` and the steps behind it. Each splat, and each run of steps behind one, counts as a
/// level of nesting: the tree grows deeper with it.
const Expression* Parser::parse_steps(const Expression& term) {
  if (!at_step()) {
    return arena_->make(term);
  }
  Expression source = term;
  const int outer_nesting = nesting_;
  std::vector<Step> steps;
  while (at_step()) {
    const Token mark = peeker_.read();
    if (!peeker_.at(TokenKind::star)) {
      if (mark.kind == TokenKind::dot) {
        parse_dot_step(mark, steps);
      } else {
        parse_index_step(mark, steps);
      }
      continue;
    }
    source = with_steps(source, steps);
    steps.clear();
    source = parse_splat(source, mark);
    if (++nesting_ > max_nesting) {
      report_nesting(mark.range());
    }
  }
  nesting_ = outer_nesting;
  return arena_->make(with_steps(source, steps));
}

bool Parser::at_step() {
  return !lost() && (peeker_.at(TokenKind::dot) || peeker_.at(TokenKind::bracket_open));
}

Expression Parser::with_steps(const Expression& source, std::vector<Step>& steps) {
  if (steps.empty()) {
    return source;
  }
  const Range range = join(source.range, steps[steps.size() - 1].range);
  if (const auto* traversal = std::get_if<Traversal>(&source.node)) {
    return {.range = range,
            .node = Traversal{.root = traversal->root, .steps = arena_->copy(steps)}};
  }
  return {.range = range,
          .node = RelativeTraversal{.source = arena_->make(source), .steps = arena_->copy(steps)}};
}

/// `.name` or `.0`, from behind the dot.
void Parser::parse_dot_step(const Token& dot, std::vector<Step>& steps) {
  const Token next = peeker_.peek();
  if (next.kind == TokenKind::identifier) {
    peeker_.read();
    steps.push_back({.range = since(dot.begin), .step = AttributeStep{.name = name_of(next)}});
    return;
  }
  if (next.kind != TokenKind::number) {
    fail_here(Kind::attribute_name, "expected the name of an attribute, found " + found(),
              "a dot is followed by a name, a number or \"*\"; other keys go in [\"…\"]");
    return;
  }
  peeker_.read();
  const std::string_view digits = peeker_.text(next.range());
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    reporter_.report(
        Kind::legacy_index, next.range(), "two indexes with a dot between them",
        "\"" + std::string(digits) + "\" reads as one number; write them in brackets: [0][1]");
  }
  steps.push_back({.range = since(dot.begin), .step = LegacyIndexStep{.digits = digits}});
}

/// `[key]`, from behind the bracket.
void Parser::parse_index_step(const Token& open, std::vector<Step>& steps) {
  const int depth = peeker_.depth();
  const Nesting nesting(*this, open.range());
  const Expression* key = nullptr;
  {
    const Peeker::Newlines newlines(peeker_, false);
    if (nesting) {
      key = parse_expression();
    }
    if (!lost() && !peeker_.at(TokenKind::bracket_close) && !report_unclosed(open) &&
        !report_number_suffix()) {
      fail_here(Kind::missing_separator, "expected \"]\", found " + found(),
                "an index is one expression in brackets");
    }
    if (!lost()) {
      peeker_.read();
    } else if (!recover_behind(TokenKind::bracket_close, depth) || key == nullptr) {
      key = make(open.range(), InvalidExpression{});
    }
  }
  steps.push_back({.range = since(open.begin), .step = IndexStep{.key = key}});
}

/// `.*` or `[*]` from its star on, and all the steps that it takes.
Expression Parser::parse_splat(const Expression& source, const Token& mark) {
  const Nesting nesting(*this, mark.range());
  const bool is_full = mark.kind == TokenKind::bracket_open;
  const Range marker = parse_star(mark);
  std::vector<Step> each;
  if (is_full) {
    parse_steps_of_full_splat(each);
  } else {
    parse_steps_of_attribute_splat(each);
  }
  const Splat splat{.source = arena_->make(source),
                    .is_full = is_full,
                    .marker = marker,
                    .each = arena_->copy(each)};
  return {.range = since(source.range.begin), .node = Indirect(arena_->make(splat))};
}

/// The rest of `.*` or `[*]`, and its range.
Range Parser::parse_star(const Token& mark) {
  peeker_.read();
  if (mark.kind == TokenKind::bracket_open && !peeker_.skip(TokenKind::bracket_close)) {
    const int depth = peeker_.depth();
    fail_here(Kind::splat, "expected \"]\", found " + found(),
              "a splat is written [*]; the star stands alone in its brackets");
    recover_behind(TokenKind::bracket_close, depth);
  }
  return since(mark.begin);
}

/// An attribute-only splat takes `.name` and `.0`, and cannot hold another one.
void Parser::parse_steps_of_attribute_splat(std::vector<Step>& steps) {
  while (!lost() && peeker_.at(TokenKind::dot)) {
    const Token dot = peeker_.read();
    if (peeker_.at(TokenKind::star)) {
      fail_here(Kind::splat, "splat within an attribute-only splat",
                "use full splats, as in a[*].b[*].c");
      return;
    }
    parse_dot_step(dot, steps);
  }
}

/// A full splat takes everything that follows, further splats included.
void Parser::parse_steps_of_full_splat(std::vector<Step>& steps) {
  const int outer_nesting = nesting_;
  while (at_step()) {
    const Token mark = peeker_.read();
    if (!peeker_.at(TokenKind::star)) {
      if (mark.kind == TokenKind::dot) {
        parse_dot_step(mark, steps);
      } else {
        parse_index_step(mark, steps);
      }
      continue;
    }
    if (++nesting_ > max_nesting) {
      report_nesting(mark.range());
      break;
    }
    const bool is_full = mark.kind == TokenKind::bracket_open;
    const std::size_t index = steps.size();
    steps.push_back({.range = parse_star(mark), .step = SplatStep{.is_full = is_full, .taken = 0}});
    if (!is_full) {
      parse_steps_of_attribute_splat(steps);
      steps[index].step = SplatStep{.is_full = false, .taken = steps.size() - index - 1};
    }
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto* splat = std::get_if<SplatStep>(&steps[i].step);
    if (splat != nullptr && splat->is_full) {
      splat->taken = steps.size() - i - 1;
    }
  }
  nesting_ = outer_nesting;
}

}  // namespace hcl::syntax
