// Holds our layout to that of HashiCorp's hclfmt, byte for byte.
//
//   layout_conformance REFERENCE COUNT SEED FILE...
//
// REFERENCE is the program in test/conformance/go/hcl_layout. It and we lay out the files, damaged
// copies of them, and COUNT made-up texts, half of them damaged too, as far as they have no syntax
// errors. A difference is accepted only for the reasons that DIFFERENCES.md gives: hclfmt breaks a
// promise that we keep, or the text is not UTF-8. The exit status is 1 if there is another.
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "conformance/layout/cases.h"
#include "diagnostic/source_file.h"
#include "hcl/layout/all_tokens.h"
#include "hcl/layout/layout.h"
#include "support/program.h"
#include "support/temporary_directory.h"
#include "text/quote.h"
#include "text/utf8.h"

namespace {

constexpr int copies_of_a_file = 20;
constexpr int most_shown = 5;

std::vector<std::string> lay_out_by(const std::string& reference,
                                    const std::vector<std::string>& texts) {
  support::Program program{.arguments = {reference}, .directory = "/"};
  for (const std::string& text : texts) {
    program.input += fmt::format("{}\n{}", text.size(), text);
  }
  const support::Ran ran = support::run(program);
  std::vector<std::string> results;
  std::string_view rest = ran.out;
  while (!rest.empty()) {
    std::size_t size = 0;
    const char* const end = std::from_chars(rest.data(), rest.data() + rest.size(), size).ptr;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    results.emplace_back(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  if (ran.status != 0 || results.size() != texts.size()) {
    fmt::print(stderr, "{} failed: {}\n", reference, ran.err);
    std::exit(2);
  }
  return results;
}

std::vector<std::string> make_texts(std::span<char*> files, int count, unsigned seed) {
  conformance::Cases cases(seed);
  std::vector<std::string> texts;
  for (const char* file : files) {
    const std::string text = support::read_file(file);
    texts.push_back(text);
    for (int i = 0; i < copies_of_a_file; ++i) {
      texts.push_back(cases.damaged(text));
    }
  }
  for (int i = 0; i < count; ++i) {
    const std::string text = cases.file();
    texts.push_back(i % 2 == 0 ? text : cases.damaged(text));
  }
  return texts;
}

/// Whether `theirs` differs for a reason that is listed.
bool is_accepted(const diagnostic::SourceFile& source, const std::string& theirs,
                 const std::string& theirs_again) {
  const diagnostic::SourceFile laid_out("theirs.hcl", theirs);
  const bool changes_its_own_result = theirs_again != theirs;
  const bool changes_tokens = hcl::all_tokens(source) != hcl::all_tokens(laid_out);
  return changes_its_own_result || changes_tokens || text::find_invalid_utf8(source.text());
}

/// The lines from the first that differs on, a few of them.
void show_difference(const std::string& text, const std::string& ours, const std::string& theirs) {
  const auto common = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
  const auto at = static_cast<std::size_t>(common.first - ours.begin());
  const std::size_t begin = ours.rfind('\n', at == 0 ? 0 : at - 1);
  const std::size_t from = begin == std::string::npos ? 0 : begin + 1;
  constexpr std::size_t shown = 200;
  fmt::print("text   {}\nours   {}\nhclfmt {}\n\n", text::quoted(text).substr(0, 20 * shown),
             text::quoted(ours.substr(from, shown)), text::quoted(theirs.substr(from, shown)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: layout_conformance REFERENCE COUNT SEED FILE...\n");
    return 64;
  }
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  const std::vector<std::string> texts = make_texts(arguments.subspan(4), std::atoi(arguments[2]),
                                                    static_cast<unsigned>(std::atoi(arguments[3])));
  const std::vector<std::string> theirs = lay_out_by(arguments[1], texts);
  const std::vector<std::string> theirs_again = lay_out_by(arguments[1], theirs);
  int valid = 0;
  int accepted = 0;
  int differences = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const diagnostic::SourceFile source("text.hcl", texts[i]);
    const auto ours = hcl::canonical_layout(source);
    valid += ours ? 1 : 0;
    if (!ours || *ours == theirs[i]) {
      continue;
    }
    if (is_accepted(source, theirs[i], theirs_again[i])) {
      ++accepted;
    } else if (++differences <= most_shown) {
      show_difference(texts[i], *ours, theirs[i]);
    }
  }
  fmt::print(
      "layout: {} texts, {} of them without a mistake: {} differences, and {} for a reason "
      "that is listed\n",
      texts.size(), valid, differences, accepted);
  return differences == 0 ? 0 : 1;
}
