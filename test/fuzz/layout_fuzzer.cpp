// The layout of a text without syntax errors: it changes nothing but space between tokens, is its
// own layout, and what the parser understands stays what it is.
#include <cstddef>
#include <utility>

#include "fuzz/promise.h"
#include "hcl/layout/all_tokens.h"
#include "hcl/layout/layout.h"
#include "hcl/syntax/dump.h"
#include "hcl/syntax/parser.h"

using fuzz::promise;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diagnostic::SourceFile before("before.hcl", fuzz::text_of(data, size));
  auto layout = hcl::canonical_layout(before);
  const hcl::ParseResult parsed = hcl::parse(before);
  promise(layout.has_value() == parsed.diagnostics.empty(), "valid text has a layout");
  if (!layout) {
    return 0;
  }
  const diagnostic::SourceFile after("after.hcl", *std::move(layout));
  const hcl::ParseResult again = hcl::parse(after);
  promise(again.diagnostics.empty(), "layout leaves valid text valid");
  promise(hcl::dump(parsed.file.body) == hcl::dump(again.file.body),
          "layout leaves the meaning of a text alone");
  promise(hcl::all_tokens(before) == hcl::all_tokens(after), "layout changes no token");
  promise(hcl::canonical_layout(after) == after.text(), "the layout of a layout is itself");
  return 0;
}
