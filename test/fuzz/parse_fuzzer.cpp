// Feeds arbitrary bytes to the parser and holds it to what it promises whatever it reads: it
// returns, every range lies within the source, and all of the tree can be walked.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "hcl/syntax/dump.h"
#include "hcl/syntax/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const diagnostic::SourceFile source("fuzz.hcl",
                                      std::string(reinterpret_cast<const char*>(data), size));
  const hcl::ParseResult result = hcl::parse(source);
  for (const diagnostic::Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.range.begin > diagnostic.range.end || diagnostic.range.end > size) {
      std::abort();
    }
  }
  static_cast<void>(hcl::dump(result.file.body));
  return 0;
}
