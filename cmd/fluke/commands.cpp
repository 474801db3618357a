#include "fluke/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "text/distance.h"
#include "text/fields.h"
#include "text/quote.h"

namespace fluke {
namespace {

/// What other tools call something that fluke has under another name.
struct ForeignTerms {
  std::string_view terms;
  std::string_view answer;
};

constexpr ForeignTerms foreign_terms[] = {
    {"plan diff status preview drift dry-run --plan --dry-run --dryrun --noop --no-op --just-print "
     "--check --diff --preview -n -C",
     "fluke check shows what a run would change, and changes nothing"},
    {"apply deploy up converge sync reconcile pull --apply",
     "fluke run brings resources to their desired state"},
    {"--yes -y --auto-approve", "fluke run asks no questions, and fluke check changes nothing"},
    {"lint test verify syntax --syntax-check --lint",
     "fluke validate finds mistakes in manifests, and fluke fmt --check those in their layout"},
    {"version -V", "fluke --version prints the version"},
    {"watch daemon --watch --watch-interval --interval --daemon",
     "fluke runs once, and cron or a systemd timer starts it again; see man fluke-fleet"},
};

std::optional<std::string_view> translated(std::string_view wanted) {
  for (auto [terms, answer] : foreign_terms) {
    while (!terms.empty()) {
      if (text::take(terms, ' ') == wanted) {
        return answer;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Command> find_command(std::string_view name) {
  const auto* found = std::ranges::find(commands, name, &Command::name);
  return found == std::end(commands) ? std::nullopt : std::optional(*found);
}

std::string unknown_command(std::string_view wanted) {
  const std::string problem = fmt::format("unknown command {}; ", text::quoted(wanted));
  if (const auto answer = translated(wanted)) {
    return problem + std::string(*answer);
  }
  std::vector<std::string_view> names;
  std::ranges::transform(commands, std::back_inserter(names), &Command::name);
  const auto nearest = text::nearest(wanted, std::span<const std::string_view>(names));
  return problem + (nearest ? fmt::format("did you mean \"{}\"?", *nearest) : "see fluke --help");
}

std::string unknown_option(std::string_view command, std::string_view wanted,
                           std::span<const std::string> known) {
  const std::string_view name = wanted.substr(0, wanted.find('='));
  const std::string where = command.empty() ? "fluke" : fmt::format("fluke {}", command);
  const std::string problem = fmt::format("unknown option {} for {}; ", text::quoted(name), where);
  // fmt has --check and --diff of its own.
  if (const auto answer = translated(name); answer && command != "fmt") {
    return problem + std::string(*answer);
  }
  const auto nearest = text::nearest(name, known);
  return problem + (nearest ? fmt::format("did you mean \"{}\"?", *nearest)
                            : fmt::format("see {} --help", where));
}

}  // namespace fluke
