// Holds the manual page to the schema, and its examples to the decoder.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "hcl/syntax/parser.h"
#include "manifest/evaluator.h"
#include "manifest/functions.h"
#include "manifest/locals.h"
#include "manifest/schema.h"
#include "manifest/variable_values.h"
#include "manifest/variables.h"
#include "manifest_dump.h"
#include "support/diagnostics.h"
#include "support/temporary_directory.h"

namespace manifest {
namespace {

std::string manual() {
  return support::read_file(std::filesystem::path(FLUKE_TEST_DIR) / "../man/fluke-manifest.5");
}

/// What a reader sees of a line with escapes.
std::string shown(std::string text) {
  for (std::size_t at = text.find("\\e"); at != std::string::npos; at = text.find("\\e", at + 1)) {
    text.erase(at + 1, 1);
  }
  return text;
}

/// The displays of the page, as a reader sees them.
std::vector<std::string> displays(const std::string& page) {
  constexpr std::string_view opening = ".Bd -literal -offset indent\n";
  std::vector<std::string> found;
  for (std::size_t at = page.find(opening); at != std::string::npos;
       at = page.find(opening, at + 1)) {
    const std::size_t begin = at + opening.size();
    found.push_back(shown(page.substr(begin, page.find(".Ed\n", begin) - begin)));
  }
  return found;
}

/// "mise.working_dir", "mise.git", "mise.git.url" and so on.
void collect_schema(const BlockSchema& schema, const std::string& path,
                    std::set<std::string>& names) {
  for (const AttributeSchema& attribute : schema.attributes) {
    names.insert(path + std::string(attribute.name));
  }
  for (const BlockSchema& block : schema.blocks) {
    if (!path.empty()) {
      names.insert(path + std::string(block.type));
    }
    collect_schema(block, path + std::string(block.type) + ".", names);
  }
}

/// What the page lists, an item an attribute, below the title of each block.
std::set<std::string> documented(const std::string& page) {
  std::set<std::string> names;
  std::string path;
  const std::regex line(R"((?:\.Ss The (\w+) block|\.It Ic (\w+) .*|\.S[hs] .*))");
  for (std::sregex_iterator at(page.begin(), page.end(), line), end; at != end; ++at) {
    if ((*at)[1].matched) {
      const std::string block = (*at)[1];
      path = block == "git"          ? "mise.git."
             : block == "validation" ? "variable.validation."
                                     : block + ".";
    } else if ((*at)[2].matched) {
      names.insert(path + (*at)[2].str());
    } else {
      path.clear();
    }
  }
  return names;
}

TEST(Manual, ListsEveryAttributeAndBlockOfTheSchemaAndNoOther) {
  std::set<std::string> schema;
  collect_schema(manifest_schema(), "", schema);
  EXPECT_EQ(documented(manual()), schema);
}

TEST(Manual, HasATitleForEveryBlock) {
  const std::string page = manual();
  for (const BlockSchema& block : manifest_schema().blocks) {
    EXPECT_NE(page.find(fmt::format(".Ss The {} block\n", block.type)), std::string::npos)
        << block.type;
  }
}

/// Whether a display is a manifest, and not a list of expressions.
bool is_manifest(const std::string& display) {
  return std::regex_search(display, std::regex("(^|\n)(mise|variable|locals) .*\\{\n"));
}

TEST(Manual, ShowsExamplesThatDecode) {
  std::string decoded_examples;
  for (const std::string& example : displays(manual())) {
    if (is_manifest(example)) {
      decoded_examples += decoded(example) + "\n";
    }
  }
  EXPECT_EQ(decoded_examples, R"(deploy in /opt/app

deploy in /opt/app git=https://github.com/taiidani/fluke.git branch=main

database in /opt/database timeout=10m
app in /opt/app check="fluke-check" apply="fluke-apply" NODE_ENV="test" settle=1m after=database
metrics in /opt/metrics disabled

app in /opt/test TLS="web" TOKEN=(sensitive)

web in /opt/web ADMINS="ann" CONFIG="level debug\nports 80 443\n" URL="https://example.org/web"

hosts in /etc HOSTS="127.0.0.1  localhost\n::1        localhost\n"

)");
}

/// Expressions as the page shows them: `EXPRESSION # VALUE`, evaluated where the locals of the
/// first display behind `title` are known.
class Expressions {
 public:
  explicit Expressions(const std::string& title)
      : page_(manual()), source_("manual", manifest_behind(title), "/") {
    diagnostic::Diagnostics diagnostics;
    documents_.push_back(
        {.source = &source_, .tree = hcl::parse(*source_.file).file, .syntax_errors = {}});
    const Evaluator constants(functions_, {});
    variables_.emplace(documents_, constants, diagnostics);
    static_cast<void>(resolve(*variables_, {.given = {}, .environment = environment_}, functions_,
                              masking_, diagnostics));
    locals_.emplace(documents_, diagnostics);
    evaluator_.emplace(functions_,
                       Visible{.variables = &variables_->values(), .locals = &locals_->values()});
    locals_->evaluate(*evaluator_, diagnostics);
    EXPECT_EQ(support::render_with_kinds(diagnostics), "");
  }

  [[nodiscard]] std::string evaluate(const std::string& expression) {
    const Source source("example", "x = " + expression + "\n", "/");
    const hcl::ParseResult parsed = hcl::parse(*source.file);
    diagnostic::Diagnostics diagnostics = parsed.diagnostics;
    if (!diagnostics.empty()) {
      return support::render_with_kinds(diagnostics);
    }
    const hcl::Value value =
        evaluator_->evaluate(*parsed.file.body.attributes[0].value, source, diagnostics);
    return diagnostics.empty() ? hcl::to_hcl(value) : support::render_with_kinds(diagnostics);
  }

 private:
  [[nodiscard]] std::string manifest_behind(const std::string& title) const {
    return displays(page_.substr(page_.find(title))).front();
  }

  std::string page_;
  Source source_;
  EnvironmentLookup environment_ = [](std::string_view) { return std::optional<std::string>(); };
  FunctionTable functions_{environment_};
  Masking masking_;
  std::vector<Document> documents_;
  std::optional<Variables> variables_;
  std::optional<Locals> locals_;
  std::optional<Evaluator> evaluator_;
};

TEST(Manual, ShowsWhatExpressionsGive) {
  Expressions expressions(".Ss Overview\n");
  const std::regex row("(.*[^ ]) +# (.*)");
  std::size_t count = 0;
  for (const std::string& display : displays(manual())) {
    if (is_manifest(display)) {
      continue;
    }
    std::istringstream lines(display);
    for (std::string line; std::getline(lines, line); ++count) {
      std::smatch match;
      ASSERT_TRUE(std::regex_match(line, match, row)) << line;
      EXPECT_EQ(expressions.evaluate(match[1]), match[2]) << line;
    }
  }
  EXPECT_GT(count, 30U);
}

}  // namespace
}  // namespace manifest
