#include "support/golden.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "support/temporary_directory.h"

namespace support {
namespace {

/// FLUKE_UPDATE_GOLDEN as a test wants it, whatever it was outside.
class Updating {
 public:
  explicit Updating(const char* value) {
    if (const char* before = getenv(variable)) {
      before_ = before;
    }
    setenv(variable, value, 1);
  }
  Updating(const Updating&) = delete;
  Updating& operator=(const Updating&) = delete;
  ~Updating() { setenv(variable, before_.c_str(), 1); }

 private:
  static constexpr const char* variable = "FLUKE_UPDATE_GOLDEN";
  std::string before_;
};

std::string shout(std::string_view input) {
  std::string loud(input);
  std::ranges::transform(loud, loud.begin(), [](char c) { return c == 'a' ? 'A' : c; });
  return loud;
}

TEST(Golden, ComparesEveryCase) {
  const Updating updating("0");
  const TemporaryDirectory directory;
  const auto file = directory.write("cases.txt", R"(a comment

=== one
banana
--- expected
bAnAnA

=== two, with what looks like marks
\=== a
\--- a
\\--- a
--- expected
\=== A
\--- A
\\--- A

=== empty
--- expected
)");
  check_golden(file, shout);
}

TEST(Golden, NamesTheCaseThatDiffersAndShowsBothTexts) {
  static const TemporaryDirectory directory;
  static const auto file = directory.write("cases.txt", "=== one\nbanana\n--- expected\nbanana\n");
  const Updating updating("0");
  EXPECT_NONFATAL_FAILURE(check_golden(file, shout),
                          ": one\n--- expected\nbanana\n--- got\nbAnAnA\n");
}

TEST(Golden, RefusesACaseWithoutAnExpectedPart) {
  static const TemporaryDirectory directory;
  static const auto file = directory.write("cases.txt", "=== one\n");
  const Updating updating("0");
  EXPECT_NONFATAL_FAILURE(check_golden(file, shout), "(nothing: the case has no expected part)");
}

TEST(Golden, RefusesTwoCasesOfOneName) {
  static const TemporaryDirectory directory;
  static const auto file =
      directory.write("cases.txt", "=== one\n--- expected\n=== one\n--- expected\n");
  const Updating updating("0");
  EXPECT_NONFATAL_FAILURE(check_golden(file, shout), "holds two cases \"one\"");
}

TEST(Golden, RefusesAFileThatIsNotThere) {
  const Updating updating("0");
  EXPECT_NONFATAL_FAILURE(check_golden("no-such-file.txt", shout),
                          "no-such-file.txt holds no case");
}

TEST(Golden, RewritesExpectedPartsWhenTold) {
  const Updating updating("1");
  const TemporaryDirectory directory;
  const auto file = directory.write("cases.txt", R"(a comment
=== one
\=== banana

--- expected
outdated
=== two
a
)");
  check_golden(file, shout);
  EXPECT_EQ(read_file(file), R"(a comment
=== one
\=== banana
--- expected
\=== bAnAnA

=== two
a
--- expected
A
)");
}

TEST(Golden, FindsTheKindsInExpectedParts) {
  const TemporaryDirectory directory;
  static_cast<void>(directory.write("a.txt", R"(# no-kind
=== one
# no-kind-either
--- expected
# first-kind
error: …
# not a kind

# second-kind
)"));
  static_cast<void>(directory.write("below/b.txt", "=== one\n--- expected\n# third-kind\n"));
  static_cast<void>(directory.write("c.md", "=== one\n--- expected\n# no-golden-file\n"));
  EXPECT_EQ(kinds_in_golden(directory.path()),
            (std::set<std::string>{"first-kind", "second-kind", "third-kind"}));
}

}  // namespace
}  // namespace support
