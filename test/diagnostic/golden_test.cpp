// Shows where the carets go: the input is a source text in which [[ and ]] stand around the mark.
#include "support/golden.h"

#include <gtest/gtest.h>

#include <string>

#include "diagnostic/render.h"

namespace diagnostic {
namespace {

std::string render_marked(std::string_view input) {
  std::string text(input);
  const std::size_t begin = text.find("[[");
  text.erase(begin, 2);
  const std::size_t end = text.find("]]");
  text.erase(end, 2);
  const SourceFile file("site.hcl", text);
  Diagnostic diagnostic;
  diagnostic.summary = "summary";
  diagnostic.detail = "detail";
  diagnostic.file = &file;
  diagnostic.range = {.begin = static_cast<std::uint32_t>(begin),
                      .end = static_cast<std::uint32_t>(end)};
  return render(diagnostic, Colour::off);
}

TEST(Render, PutsTheCaretsUnderTheMark) {
  support::check_golden("diagnostic/carets.txt", render_marked);
}

}  // namespace
}  // namespace diagnostic
