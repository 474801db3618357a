// The formatter: it changes nothing but space between tokens, changes nothing more when it formats
// its own result, and what the parser understands stays what it is.
#include <cstddef>
#include <vector>

#include "fuzz/promise.h"
#include "hcl/format/all_tokens.h"
#include "hcl/format/format.h"
#include "hcl/syntax/dump.h"
#include "hcl/syntax/parser.h"

using fuzz::promise;
using hcl::layout::Token;

namespace {

void promise_same_tokens(std::string_view text, std::string_view formatted) {
  const std::vector<Token> before = hcl::all_tokens(text);
  const std::vector<Token> after = hcl::all_tokens(formatted);
  promise(before.size() == after.size(), "formatting adds and removes no token");
  for (std::size_t i = 0; i < before.size(); ++i) {
    promise(before[i].kind == after[i].kind &&
                text.substr(before[i].begin, before[i].end - before[i].begin) ==
                    formatted.substr(after[i].begin, after[i].end - after[i].begin),
            "formatting changes no token");
  }
}

void promise_same_meaning(std::string text, std::string formatted) {
  const diagnostic::SourceFile before("before.hcl", std::move(text));
  const diagnostic::SourceFile after("after.hcl", std::move(formatted));
  const hcl::ParseResult parsed = hcl::parse(before);
  if (parsed.diagnostics.empty()) {
    const hcl::ParseResult again = hcl::parse(after);
    promise(again.diagnostics.empty(), "formatting leaves valid text valid");
    promise(hcl::dump(parsed.file.body) == hcl::dump(again.file.body),
            "formatting leaves the meaning of valid text alone");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  const std::string formatted = hcl::format(text);
  promise(hcl::format(formatted) == formatted, "formatting twice is formatting once");
  promise_same_tokens(text, formatted);
  promise_same_meaning(text, formatted);
  return 0;
}
