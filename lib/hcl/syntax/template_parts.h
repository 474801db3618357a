// A template while it is being parsed: a flat list of texts and sequences, in source order. Strip
// markers and the indentation of flush heredocs are dealt with here, before directives are nested.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "hcl/syntax/arena.h"
#include "hcl/syntax/tree.h"

namespace hcl::syntax {

enum class FlatKind : std::uint8_t {
  text,
  interpolation,
  if_begin,
  if_else,
  if_end,
  for_begin,
  for_end,
};

struct FlatPart {
  FlatKind kind = FlatKind::text;
  /// A text of a heredoc in which `$${` or `%%{` is still doubled.
  bool has_escapes = false;
  Range range = {};
  std::string_view text = {};
  const Expression* value = nullptr;
  std::optional<Name> key = {};
  Name name = {};
};

/// Removes the space that a strip marker behind or before `text` takes. In a heredoc each line is
/// a text of its own: the marker takes nothing beyond it.
[[nodiscard]] std::string_view strip_front(std::string_view text, bool is_heredoc);
[[nodiscard]] std::string_view strip_back(std::string_view text, bool is_heredoc);

/// Removes the common indentation from all lines of a flush heredoc.
void remove_indentation(std::span<FlatPart> parts, Arena& arena);

}  // namespace hcl::syntax
