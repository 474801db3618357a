// The parser and the evaluator: whatever they read they return, every diagnostic has its place, all
// of the tree can be walked, and nothing fails without a word.
#include <cstddef>

#include "fuzz/promise.h"
#include "hcl/evaluate/evaluate.h"
#include "hcl/functions/functions.h"
#include "hcl/syntax/dump.h"
#include "hcl/syntax/parser.h"

using hcl::Value;

namespace {

Value number(std::int64_t value) {
  return Value::number(hcl::Number(value));
}

const hcl::Scope& scope() {
  static const hcl::Functions functions = hcl::standard_functions();
  static const hcl::Scope scope = [] {
    hcl::Scope made(functions);
    made.set("s", Value::string("text"));
    made.set("n", number(80));
    made.set("b", Value::boolean(true));
    made.set("z", Value());
    made.set("l", Value::tuple({number(1), number(2), Value::string("3")}));
    made.set("o", Value::object({{"a", number(1)}, {"b", Value::tuple({Value::object({})})}}));
    made.set("u", Value::unknown());
    return made;
  }();
  return scope;
}

void evaluate_all(const hcl::Body& body, const diagnostic::SourceFile& source,
                  diagnostic::Diagnostics& diagnostics) {
  for (const hcl::Attribute& attribute : body.attributes) {
    const Value value = evaluate(*attribute.value, scope(), source, diagnostics);
    static_cast<void>(to_hcl(value));
    static_cast<void>(hcl::references(*attribute.value));
  }
  for (const hcl::Block& block : body.blocks) {
    evaluate_all(block.body, source, diagnostics);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diagnostic::SourceFile source("fuzz.hcl", fuzz::text_of(data, size));
  hcl::ParseResult parsed = hcl::parse(source);
  fuzz::promise_sound(parsed.diagnostics);
  static_cast<void>(hcl::dump(parsed.file.body));
  diagnostic::Diagnostics diagnostics;
  evaluate_all(parsed.file.body, source, diagnostics);
  fuzz::promise_sound(diagnostics);
  return 0;
}
