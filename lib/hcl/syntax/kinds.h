// The kinds of mistake that the parser reports.
#pragma once

#include "diagnostic/kinds.h"

namespace hcl::syntax {

#define HCL_SYNTAX_KINDS(KIND)                               \
  /* Characters and tokens */                                \
  KIND(invalid_utf8, "invalid-utf8")                         \
  KIND(utf16, "utf16")                                       \
  KIND(nul_byte, "nul-byte")                                 \
  KIND(byte_order_mark, "byte-order-mark")                   \
  KIND(invisible_character, "invisible-character")           \
  KIND(carriage_return, "carriage-return")                   \
  KIND(single_quotes, "single-quotes")                       \
  KIND(backticks, "backticks")                               \
  KIND(smart_quotes, "smart-quotes")                         \
  KIND(semicolon, "semicolon")                               \
  KIND(unknown_operator, "unknown-operator")                 \
  KIND(invalid_character, "invalid-character")               \
  KIND(unterminated_comment, "unterminated-comment")         \
  KIND(unterminated_string, "unterminated-string")           \
  KIND(unterminated_heredoc, "unterminated-heredoc")         \
  KIND(heredoc_opening, "heredoc-opening")                   \
  KIND(invalid_number, "invalid-number")                     \
  KIND(invalid_escape, "invalid-escape")                     \
  /* Bodies */                                               \
  KIND(expected_item, "expected-item")                       \
  KIND(quoted_name, "quoted-name")                           \
  KIND(wrong_equals, "wrong-equals")                         \
  KIND(missing_equals, "missing-equals")                     \
  KIND(block_header, "block-header")                         \
  KIND(brace_on_next_line, "brace-on-next-line")             \
  KIND(template_in_label, "template-in-label")               \
  KIND(one_line_block, "one-line-block")                     \
  KIND(missing_newline, "missing-newline")                   \
  KIND(comma_after_attribute, "comma-after-attribute")       \
  KIND(duplicate_attribute, "duplicate-attribute")           \
  KIND(unexpected_closing_brace, "unexpected-closing-brace") \
  KIND(unclosed_block, "unclosed-block")                     \
  /* Expressions */                                          \
  KIND(expected_expression, "expected-expression")           \
  KIND(unclosed_bracket, "unclosed-bracket")                 \
  KIND(missing_separator, "missing-separator")               \
  KIND(template_outside_quotes, "template-outside-quotes")   \
  KIND(incomplete_conditional, "incomplete-conditional")     \
  KIND(incomplete_element, "incomplete-element")             \
  KIND(attribute_name, "attribute-name")                     \
  KIND(legacy_index, "legacy-index")                         \
  KIND(splat, "splat")                                       \
  KIND(for_expression, "for-expression")                     \
  KIND(expansion, "expansion")                               \
  KIND(function_name, "function-name")                       \
  /* Templates */                                            \
  KIND(unclosed_sequence, "unclosed-sequence")               \
  KIND(unexpected_in_sequence, "unexpected-in-sequence")     \
  KIND(unknown_directive, "unknown-directive")               \
  KIND(unbalanced_directive, "unbalanced-directive")         \
  /* Limits */                                               \
  KIND(nesting, "nesting")                                   \
  KIND(too_many_errors, "too-many-errors")

DEFINE_DIAGNOSTIC_KINDS(HCL_SYNTAX_KINDS)

}  // namespace hcl::syntax
