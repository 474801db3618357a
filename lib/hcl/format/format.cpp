#include "hcl/format/format.h"

#include <vector>

#include "hcl/format/layout.h"
#include "hcl/format/scanner.h"

namespace hcl {

std::string format(std::string_view text) {
  std::vector<layout::Token> tokens = layout::Scanner(text).scan();
  layout::lay_out(tokens, text);
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const layout::Token& token : tokens) {
    result.append(token.spaces, ' ');
    result.append(text.substr(token.begin, token.end - token.begin));
  }
  return result;
}

}  // namespace hcl
