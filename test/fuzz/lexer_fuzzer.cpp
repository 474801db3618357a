// The lexer, without a parser that tells it where to stop: tokens come in order, lie within the
// text, and come to an end.
#include <cstddef>

#include "fuzz/promise.h"
#include "hcl/syntax/lexer.h"

using fuzz::promise;
using hcl::syntax::Token;
using hcl::syntax::TokenKind;

namespace {

/// No token is empty but those that stand for something missing: at most one for each template.
std::size_t most_tokens(std::size_t size) {
  return 2 * size + 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diagnostic::SourceFile source("fuzz.hcl", fuzz::text_of(data, size));
  hcl::syntax::Reporter reporter(source);
  hcl::syntax::Lexer lexer(source.text(), reporter, hcl::syntax::Lexer::Start::code);
  std::uint32_t last_end = 0;
  std::size_t count = 0;
  Token token = lexer.next();
  for (; token.kind != TokenKind::end_of_file; token = lexer.next()) {
    promise(last_end <= token.begin && token.begin <= token.end, "tokens come in order");
    promise(token.end <= size, "tokens lie within the text");
    promise(++count <= most_tokens(size), "tokens come to an end");
    last_end = token.end;
  }
  promise(lexer.next().kind == TokenKind::end_of_file, "the end stays the end");
  fuzz::promise_sound(reporter.take());
  return 0;
}
