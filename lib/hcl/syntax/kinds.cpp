#include "hcl/syntax/kinds.h"

#include <array>
#include <cstddef>

namespace hcl::syntax {
namespace {

constexpr std::array names = {
    std::string_view{"invalid-utf8"},
    std::string_view{"utf16"},
    std::string_view{"nul-byte"},
    std::string_view{"byte-order-mark"},
    std::string_view{"invisible-character"},
    std::string_view{"carriage-return"},
    std::string_view{"single-quotes"},
    std::string_view{"backticks"},
    std::string_view{"smart-quotes"},
    std::string_view{"semicolon"},
    std::string_view{"unknown-operator"},
    std::string_view{"invalid-character"},
    std::string_view{"unterminated-comment"},
    std::string_view{"unterminated-string"},
    std::string_view{"unterminated-heredoc"},
    std::string_view{"heredoc-opening"},
    std::string_view{"invalid-number"},
    std::string_view{"invalid-escape"},
    std::string_view{"expected-item"},
    std::string_view{"quoted-name"},
    std::string_view{"wrong-equals"},
    std::string_view{"missing-equals"},
    std::string_view{"block-header"},
    std::string_view{"brace-on-next-line"},
    std::string_view{"template-in-label"},
    std::string_view{"one-line-block"},
    std::string_view{"missing-newline"},
    std::string_view{"comma-after-attribute"},
    std::string_view{"duplicate-attribute"},
    std::string_view{"unexpected-closing-brace"},
    std::string_view{"unclosed-block"},
    std::string_view{"expected-expression"},
    std::string_view{"unclosed-bracket"},
    std::string_view{"missing-separator"},
    std::string_view{"template-outside-quotes"},
    std::string_view{"incomplete-conditional"},
    std::string_view{"incomplete-element"},
    std::string_view{"attribute-name"},
    std::string_view{"legacy-index"},
    std::string_view{"splat"},
    std::string_view{"for-expression"},
    std::string_view{"expansion"},
    std::string_view{"function-name"},
    std::string_view{"unclosed-sequence"},
    std::string_view{"unexpected-in-sequence"},
    std::string_view{"unknown-directive"},
    std::string_view{"unbalanced-directive"},
    std::string_view{"nesting"},
    std::string_view{"too-many-errors"},
};
static_assert(names.size() == static_cast<std::size_t>(Kind::too_many_errors) + 1);

constexpr std::array kinds = [] {
  std::array<Kind, names.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = static_cast<Kind>(i);
  }
  return all;
}();

}  // namespace

std::string_view name(Kind kind) {
  return names[static_cast<std::size_t>(kind)];
}

std::span<const Kind> all_kinds() {
  return kinds;
}

}  // namespace hcl::syntax
