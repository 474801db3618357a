// Makes the kinds of diagnostics of a library out of one list, a macro LIST(KIND) with a line such
// as KIND(unclosed_block, "unclosed-block") for each. Where it stands,
// DEFINE_DIAGNOSTIC_KINDS(LIST) defines
//
//   enum class Kind              with these enumerators, in this order;
//   std::string_view name(Kind)  what diagnostics carry, in static storage;
//   all_kinds                    an array of all of them, which tests hold to the golden files.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#define DIAGNOSTIC_ENUMERATOR(enumerator, id) enumerator,
#define DIAGNOSTIC_KIND(enumerator, id) Kind::enumerator,
#define DIAGNOSTIC_NAME(enumerator, id) \
  case Kind::enumerator:                \
    return id;

#define DEFINE_DIAGNOSTIC_KINDS(LIST)                              \
  enum class Kind : std::uint8_t { LIST(DIAGNOSTIC_ENUMERATOR) };  \
  inline constexpr std::array all_kinds = {LIST(DIAGNOSTIC_KIND)}; \
  [[nodiscard]] constexpr std::string_view name(Kind kind) {       \
    switch (kind) { LIST(DIAGNOSTIC_NAME) }                        \
    return {};                                                     \
  }
