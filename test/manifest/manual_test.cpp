// Holds the manual page to the schema and to the functions, and its examples to the decoder.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "hcl/syntax/parser.h"
#include "hcl/value/function.h"
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
  constexpr std::string_view opening = ".Bd -literal ";
  std::vector<std::string> found;
  for (std::size_t at = page.find(opening); at != std::string::npos;
       at = page.find(opening, at + 1)) {
    const std::size_t begin = page.find('\n', at) + 1;
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
             : block == "verify"     ? "mise.git.verify."
             : block == "validation" ? "variable.validation."
             : block == "selector"   ? "task.selector."
             : block == "drift"      ? "task.drift."
                                     : block + ".";
    } else if ((*at)[2].matched) {
      names.insert(path + (*at)[2].str());
    } else {
      path.clear();
    }
  }
  return names;
}

/// Drops what blocks of all types have in common: it is explained at the first of them.
void drop_common(std::set<std::string>& schema, const std::set<std::string>& explained) {
  std::erase_if(schema, [&](const std::string& whole) {
    // Blocks mean the same in a task.
    const bool is_in_task = whole.starts_with("task.");
    const std::string name = is_in_task ? whole.substr(whole.find('.') + 1) : whole;
    const std::size_t dot = name.find('.');
    if (is_in_task && find_type(types(), name.substr(0, dot)) != nullptr) {
      return true;
    }
    const ResourceType* type = find_type(types(), name.substr(0, dot));
    const std::string rest = name.substr(dot + 1);
    return type != nullptr && !explained.contains(name) && !is_own_attribute(*type, rest) &&
           explained.contains("mise." + rest);
  });
}

TEST(Manual, ListsEveryAttributeAndBlockOfTheSchemaAndNoOther) {
  const std::set<std::string> explained = documented(manual());
  std::set<std::string> schema;
  collect_schema(Schema(types()).top(), "", schema);
  drop_common(schema, explained);
  // The git block is the same in both, and described once.
  std::erase_if(schema, [](const std::string& name) { return name.starts_with("include.git."); });
  EXPECT_EQ(explained, schema);
}

TEST(Manual, HasATitleForEveryBlock) {
  const std::string page = manual();
  const Schema schema(types());
  for (const BlockSchema& block : schema.top().blocks) {
    EXPECT_NE(page.find(fmt::format(".Ss The {} block\n", block.type)), std::string::npos)
        << block.type;
  }
}

/// Whether a display is a manifest, and not a list of expressions.
bool is_manifest(const std::string& display) {
  return std::regex_search(
      display,
      std::regex(
          "(^|\n)(fluke|host|include|mise|notify|shell|systemd|task|variable|locals) .*\\{\n"));
}

TEST(Manual, ShowsExamplesThatDecode) {
  // One of them names this host.
  const std::regex host("hosts/[^\"]*");
  std::string decoded_examples;
  for (const std::string& example : displays(manual())) {
    if (is_manifest(example)) {
      decoded_examples += std::regex_replace(decoded(example), host, "hosts/HOST") + "\n";
    }
  }
  EXPECT_EQ(decoded_examples, R"(deploy in /opt/app

deploy in /opt/app git=https://github.com/taiidani/fluke.git branch=main

database in /opt/database timeout=10m
app in /opt/app check="fluke-check" apply="fluke-apply" NODE_ENV="test" settle=1m after=database
metrics in /opt/metrics disabled

locale check="locale -a | grep -qix de_DE.utf8" command="localedef -i de_DE -f UTF-8 de_DE.UTF-8" shell="/bin/bash"
config in /opt/app check="cmp -s config.example config" command="cp config.example config" run_as="deploy" shell="/bin/bash"

app unit="app.service" state="running" enabled=true user=false
telnet unit="telnet.socket" state="stopped" enabled=false user=false

deploy in /opt/app git=https://example.org/app.git branch=main signers=/etc/fluke/allowed_signers

site["blog"] in /srv/blog PORT="81" disabled
site["shop"] in /srv/shop PORT="80"
certificate["blog"] in /etc/certificates check="check:blog" apply="apply:blog" after=site["blog"]
certificate["shop"] in /etc/certificates check="check:shop" apply="apply:shop" after=site["shop"]

# unheard-alert
warning: nobody hears of this drift
   --> site.hcl:26:14
    |
 26 |     policy = "alert_only"
    |              ^^^^^^^^^^^^ the policy is to alert, but no notify block says whom; the reports and the exit status tell it all the same
deploy/site in /srv/site STAGE="test"
deploy/unit unit="nginx.service" state="running" enabled=true user=false
certificate/renew check="openssl x509 -in /etc/site.pem -checkend 2592000 -noout" command="certbot renew --cert-name site.example.org" shell="/bin/bash" after=deploy/site after=deploy/unit drift=alert_only

notify ops in /opt/ops check="alert" apply="alert" on=failed,drifted

include infra in /var/lib/fluke/infra "common" "hosts/HOST" git=ssh://git@example.org/infra.git branch=main

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
      : page_(manual()), source_("manual", manifest_behind(title), directory_.path()) {
    directory_.write("opt/site/motd.txt", "Welcome to ${name}");
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
    const Source source("example", "x = " + expression + "\n", directory_.path() / "opt/site");
    const hcl::ParseResult parsed = hcl::parse(*source.file);
    diagnostic::Diagnostics diagnostics = parsed.diagnostics;
    if (!diagnostics.empty()) {
      return support::render_with_kinds(diagnostics);
    }
    const hcl::Value value =
        evaluator_->evaluate(*parsed.file.body.attributes[0].value, source, diagnostics);
    return diagnostics.empty() ? as_on_the_page(expression, hcl::to_hcl(value, no_limit))
                               : support::render_with_kinds(diagnostics);
  }

 private:
  /// More than any value of the page is long.
  static constexpr std::size_t no_limit = 10'000;

  /// The page has a root directory and a host of its own.
  [[nodiscard]] std::string as_on_the_page(const std::string& expression, std::string value) const {
    if (expression == "hostname()") {
      return value == fmt::format("\"{}\"", host_name()) ? "\"web1\"" : value;
    }
    const std::string root = directory_.path().string();
    const std::size_t at = value.find(root);
    return at == std::string::npos ? value : value.erase(at, root.size());
  }

  [[nodiscard]] static std::string host_name() {
    std::array<char, 256> name{};
    static_cast<void>(gethostname(name.data(), name.size() - 1));
    return name.data();
  }

  [[nodiscard]] std::string manifest_behind(const std::string& title) const {
    return displays(page_.substr(page_.find(title))).front();
  }

  support::TemporaryDirectory directory_;
  std::string page_;
  Source source_;
  EnvironmentLookup environment_ = [](std::string_view name) {
    return name == "HOME" ? std::optional<std::string>("/home/ann") : std::nullopt;
  };
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
  EXPECT_GT(count, 130U);
}

// --- Functions ----------------------------------------------------------------------------------

/// An entry of the reference of functions.
struct Entry {
  /// "lookup map key [default]"
  std::string signature;
  std::vector<std::string> examples;
};

/// By the function's name.
std::map<std::string, Entry> function_entries(const std::string& page) {
  const std::size_t begin = page.find(".Sh FUNCTIONS\n");
  const std::string section = page.substr(begin, page.find("\n.Sh ", begin) - begin);
  constexpr std::string_view opening = ".It Fn ";
  std::map<std::string, Entry> entries;
  for (std::size_t at = section.find(opening); at != std::string::npos;) {
    const std::size_t next = section.find(opening, at + 1);
    const std::string entry = section.substr(at + opening.size(), next - at - opening.size());
    const std::string signature = entry.substr(0, entry.find('\n'));
    const std::string name = signature.substr(0, signature.find(' '));
    EXPECT_TRUE(entries.emplace(name, Entry{signature, displays(entry)}).second)
        << name << " has two entries";
    at = next;
  }
  return entries;
}

/// A function and its parameters as the page shows them.
std::string signature_of(const std::string& name, const hcl::Function& function) {
  std::vector<std::string> words{name};
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    words.push_back(fmt::format(fmt::runtime(i < function.min_arguments() ? "{}" : "[{}]"),
                                function.parameters[i].name));
  }
  if (function.rest) {
    if (words.back() != function.rest->name) {
      words.emplace_back(function.rest->name);
    }
    words.emplace_back("...");
  }
  return fmt::format("{}", fmt::join(words, " "));
}

TEST(Manual, HasAnEntryForEachFunctionAndForNoOther) {
  const std::map<std::string, Entry> entries = function_entries(manual());
  std::vector<std::string> documented;
  for (const auto& [name, entry] : entries) {
    documented.push_back(entry.signature);
  }
  std::vector<std::string> functions;
  hcl::Budget budget;
  for (const auto& [name, function] : make_functions({}, "/", budget)) {
    functions.push_back(signature_of(name, function));
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(documented, "\n")),
            fmt::format("{}", fmt::join(functions, "\n")));
}

TEST(Manual, ShowsACallOfEachFunction) {
  for (const auto& [name, entry] : function_entries(manual())) {
    const std::string call = name + "(";
    EXPECT_TRUE(std::ranges::any_of(entry.examples, [&](const std::string& example) {
      return example.find(call) != std::string::npos;
    })) << name;
  }
}

}  // namespace
}  // namespace manifest
