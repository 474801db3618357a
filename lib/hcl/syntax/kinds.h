// The kinds of mistake that the parser reports. Tests hold each of them to a golden file.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hcl::syntax {

enum class Kind : std::uint8_t {
  // Characters and tokens.
  invalid_utf8,
  utf16,
  nul_byte,
  byte_order_mark,
  invisible_character,
  carriage_return,
  single_quotes,
  backticks,
  smart_quotes,
  semicolon,
  unknown_operator,
  invalid_character,
  unterminated_comment,
  unterminated_string,
  unterminated_heredoc,
  heredoc_opening,
  invalid_number,
  invalid_escape,
  // Bodies.
  expected_item,
  quoted_name,
  wrong_equals,
  missing_equals,
  block_header,
  brace_on_next_line,
  template_in_label,
  one_line_block,
  missing_newline,
  comma_after_attribute,
  duplicate_attribute,
  unexpected_closing_brace,
  unclosed_block,
  // Expressions.
  expected_expression,
  unclosed_bracket,
  missing_separator,
  template_outside_quotes,
  incomplete_conditional,
  incomplete_element,
  attribute_name,
  legacy_index,
  splat,
  for_expression,
  expansion,
  function_name,
  // Templates.
  unclosed_sequence,
  unexpected_in_sequence,
  unknown_directive,
  unbalanced_directive,
  // Limits.
  nesting,
  too_many_errors,
};

/// The stable name: `Kind::unclosed_block` is "unclosed-block".
[[nodiscard]] std::string_view name(Kind kind);

[[nodiscard]] std::span<const Kind> all_kinds();

}  // namespace hcl::syntax
