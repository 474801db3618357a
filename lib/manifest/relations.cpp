#include "manifest/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <optional>
#include <queue>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "manifest/instance_problems.h"
#include "manifest/report.h"
#include "manifest/resource_name.h"
#include "text/distance.h"
#include "text/quote.h"

namespace manifest {
namespace {

/// What to say where `block` has no instance of the key `key`.
std::string instance_hint(const Declarations& declared, const DecodedBlock& block,
                          std::string_view key) {
  std::vector<std::string_view> names;
  for (const Resource& instance : declared.resources_of(block)) {
    names.emplace_back(instance.name);
  }
  return names.empty() ? fmt::format("\"{}\" has no instance here", block.name)
                       : describe_instances(names, instance_name(block.name, key));
}

/// Of several equal names the first stays.
void drop_repeats(std::vector<std::string>& names) {
  if (names.size() < 2) {
    return;
  }
  std::unordered_set<std::string> seen;
  std::erase_if(names, [&](const std::string& name) { return !seen.insert(name).second; });
}

/// Of two resources, the one that runs after the other.
struct Edge {
  std::size_t dependent = 0;
  std::size_t needed = 0;
  /// Where `dependent` says so.
  diagnostic::Range range;
};

/// The resources that need each other, in the order in which they run.
class Order {
 public:
  Order(std::size_t count, std::span<const Edge> edges);

  /// Of the resources whose needs are met, the one that was declared first comes next. Those of a
  /// cycle, and those that need them, are left out.
  [[nodiscard]] std::vector<std::size_t> sorted();

  /// After sorted(): how many of its needs are still unmet.
  [[nodiscard]] std::span<const std::size_t> unmet() const { return unmet_; }

 private:
  std::vector<std::size_t> unmet_;
  /// The edges to `needed`, and where those of each begin.
  std::vector<std::size_t> dependents_;
  std::vector<std::size_t> begins_;
};

Order::Order(std::size_t count, std::span<const Edge> edges)
    : unmet_(count), dependents_(edges.size()), begins_(count + 1) {
  for (const Edge& edge : edges) {
    ++unmet_[edge.dependent];
    ++begins_[edge.needed + 1];
  }
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
  for (const Edge& edge : edges) {
    dependents_[next[edge.needed]++] = edge.dependent;
  }
}

std::vector<std::size_t> Order::sorted() {
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t i = 0; i < unmet_.size(); ++i) {
    if (unmet_[i] == 0) {
      ready.push(i);
    }
  }
  std::vector<std::size_t> order;
  order.reserve(unmet_.size());
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    order.push_back(next);
    for (std::size_t i = begins_[next]; i < begins_[next + 1]; ++i) {
      if (--unmet_[dependents_[i]] == 0) {
        ready.push(dependents_[i]);
      }
    }
  }
  return order;
}

class Relations {
 public:
  Relations(Declarations& declared, bool is_complete, diagnostic::Diagnostics& diagnostics)
      : declared_(declared),
        blocks_(declared.blocks),
        is_complete_(is_complete),
        diagnostics_(diagnostics) {}

  void check();

 private:
  void check_names();
  void check_dependencies(std::size_t index);
  void check_dependencies_of(std::optional<std::size_t> dependent, const Links& links,
                             std::size_t index, diagnostic::Diagnostics& problems);
  [[nodiscard]] const DecodedBlock* find_needed(const Dependency& dependency, std::size_t index,
                                                diagnostic::Diagnostics& problems) const;
  [[nodiscard]] std::optional<std::size_t> find_instance(const DecodedBlock& block,
                                                         const Dependency& dependency,
                                                         std::size_t index,
                                                         diagnostic::Diagnostics& problems) const;
  void report_unknown(const Dependency& dependency, std::size_t index,
                      diagnostic::Diagnostics& problems) const;
  void check_repository(std::size_t second);
  void need(std::size_t dependent, std::size_t needed, diagnostic::Range range);
  void sort_resources();
  void report_cycles(std::span<const std::size_t> unmet);
  void report_cycle(std::vector<const Edge*> cycle);

  Declarations& declared_;
  const std::vector<DecodedBlock>& blocks_;
  bool is_complete_;
  diagnostic::Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  /// Those resources that come from blocks with for_each, by name.
  std::unordered_map<std::string_view, std::size_t> instances_;
  /// Which resource needs which, in the order of those that need.
  std::vector<Edge> edges_;
  /// The first enabled resource with a git block, by directory.
  std::unordered_map<std::string_view, std::size_t> by_directory_;
};

void Relations::check() {
  check_names();
  for (std::size_t index = 0; index < blocks_.size(); ++index) {
    check_dependencies(index);
    for (std::size_t i = 0; i < blocks_[index].count; ++i) {
      check_repository(blocks_[index].first + i);
    }
  }
  sort_resources();
}

void Relations::check_names() {
  by_name_.reserve(blocks_.size());
  for (std::size_t index = 0; index < blocks_.size(); ++index) {
    const DecodedBlock& block = blocks_[index];
    if (block.name.empty()) {
      continue;
    }
    const auto [known, is_new] = by_name_.emplace(block.name, index);
    if (is_new) {
      if (block.for_each != nullptr) {
        for (std::size_t i = block.first; i < block.first + block.count; ++i) {
          instances_.emplace(declared_.resources[i].name, i);
        }
      }
      continue;
    }
    auto& error =
        report(diagnostics_, Kind::duplicate_resource, {block.file, block.name_range},
               fmt::format("duplicate {} \"{}\"", block.noun, block.name),
               fmt::format("the names of {}s are unique across all manifests", block.noun));
    const DecodedBlock& first = blocks_[known->second];
    add_note(error, {first.file, first.name_range}, "it is declared here first");
  }
}

void Relations::check_dependencies(std::size_t index) {
  const DecodedBlock& block = blocks_[index];
  if (block.pattern) {
    check_dependencies_of(std::nullopt, block.pattern->links, index, diagnostics_);
  }
  if (block.for_each == nullptr) {
    check_dependencies_of(block.first, declared_.links[block.first], index, diagnostics_);
    return;
  }
  std::vector<diagnostic::Diagnostics> problems(block.count);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < problems.size(); ++i) {
    const std::size_t instance = block.first + i;
    names.push_back(declared_.resources[instance].name);
    check_dependencies_of(instance, declared_.links[instance], index, problems[i]);
  }
  report_once(problems, names, {block.file, block.for_each->range}, diagnostics_);
}

/// Without a `dependent`, of a block that stands for none, the names are looked for all the same.
void Relations::check_dependencies_of(std::optional<std::size_t> dependent, const Links& links,
                                      std::size_t index, diagnostic::Diagnostics& problems) {
  for (const Dependency& dependency : links.depends_on) {
    const DecodedBlock* needed = find_needed(dependency, index, problems);
    if (needed == nullptr) {
      continue;
    }
    std::size_t first = needed->first;
    std::size_t count = needed->count;
    if (dependency.key) {
      const auto instance = find_instance(*needed, dependency, index, problems);
      first = instance.value_or(first);
      count = instance ? 1 : 0;
    }
    for (std::size_t i = first; dependent && i < first + count; ++i) {
      need(*dependent, i, dependency.range);
    }
  }
  if (dependent) {
    drop_repeats(declared_.resources[*dependent].depends_on);
  }
}

void Relations::need(std::size_t dependent, std::size_t needed, diagnostic::Range range) {
  declared_.resources[dependent].depends_on.push_back(declared_.resources[needed].name);
  edges_.push_back({.dependent = dependent, .needed = needed, .range = range});
}

/// The block that `dependency` names, if the one at `index` may depend on it.
const DecodedBlock* Relations::find_needed(const Dependency& dependency, std::size_t index,
                                           diagnostic::Diagnostics& problems) const {
  const Place place = {blocks_[index].file, dependency.range};
  const auto found = by_name_.find(dependency.block);
  if (found == by_name_.end() || blocks_[found->second].type->name() != dependency.type) {
    report_unknown(dependency, index, problems);
  } else if (found->second == index) {
    report(problems, Kind::invalid_dependency, place,
           fmt::format("resource \"{}\" depends on itself", dependency.block),
           "depends_on names other resources");
  } else {
    return &blocks_[found->second];
  }
  return nullptr;
}

void Relations::report_unknown(const Dependency& dependency, std::size_t index,
                               diagnostic::Diagnostics& problems) const {
  if (!is_complete_) {
    return;
  }
  std::vector<std::string_view> names;
  for (const DecodedBlock& other : blocks_) {
    if (&other != &blocks_[index] && !other.name.empty() && other.type->name() == dependency.type) {
      names.push_back(other.name);
    }
  }
  std::string detail = fmt::format("no {} block has this name", dependency.type);
  if (const auto found = by_name_.find(dependency.block); found != by_name_.end()) {
    detail += fmt::format(", but a {} block has", blocks_[found->second].type->name());
  } else if (const auto near = text::nearest(dependency.block, names)) {
    detail += fmt::format("; did you mean \"{}\"?", *near);
  }
  report(problems, Kind::unknown_dependency, {blocks_[index].file, dependency.range},
         fmt::format("unknown resource {}", text::quoted(dependency.block)), std::move(detail));
}

/// The instance of `block` that `dependency` means.
std::optional<std::size_t> Relations::find_instance(const DecodedBlock& block,
                                                    const Dependency& dependency, std::size_t index,
                                                    diagnostic::Diagnostics& problems) const {
  const Place place = {blocks_[index].file, dependency.range};
  if (block.for_each == nullptr) {
    auto& error = report(problems, Kind::unknown_dependency, place,
                         fmt::format("resource \"{}\" has no instances", block.name),
                         "only a block with for_each has; leave the key out");
    add_note(error, {block.file, block.name_range}, "it is declared here");
    return std::nullopt;
  }
  const std::string name = instance_name(block.name, *dependency.key);
  if (const auto found = instances_.find(name); found != instances_.end()) {
    return found->second;
  }
  if (block.is_expanded) {
    auto& error =
        report(problems, Kind::unknown_dependency, place, fmt::format("unknown resource {}", name),
               instance_hint(declared_, block, *dependency.key));
    add_note(error, {block.file, block.for_each->range}, "its instances come from here");
  }
  return std::nullopt;
}

void Relations::check_repository(std::size_t second) {
  const Resource& resource = declared_.resources[second];
  if (!resource.enabled || !resource.git || resource.working_dir.empty()) {
    return;
  }
  const auto [known, is_new] = by_directory_.emplace(resource.working_dir.native(), second);
  if (is_new) {
    return;
  }
  const Resource& first = declared_.resources[known->second];
  if (first.git->url == resource.git->url && first.git->revision == resource.git->revision &&
      first.git->verify == resource.git->verify) {
    return;
  }
  const diagnostic::Range here = declared_.links[second].git_range;
  const diagnostic::Range there = declared_.links[known->second].git_range;
  auto& error = report(
      diagnostics_, Kind::conflicting_git, {resource.file, here},
      fmt::format("two different git blocks for {}", text::quoted(resource.working_dir.string())),
      "resources that share a directory agree on its url, on what it follows, and on who vouches "
      "for it");
  // Both may be one block, with two values of `each`.
  const bool is_same_block = first.file == resource.file && here == there;
  add_note(error, {first.file, there},
           is_same_block ? fmt::format("{} and {} share it", first.name, resource.name)
                         : "the other one is here");
}

/// Where there is a cycle, the order stays as it is.
void Relations::sort_resources() {
  if (edges_.empty()) {
    return;
  }
  std::vector<Resource>& resources = declared_.resources;
  Order order(resources.size(), edges_);
  const std::vector<std::size_t> sorted = order.sorted();
  if (sorted.size() < resources.size()) {
    report_cycles(order.unmet());
    return;
  }
  if (std::ranges::is_sorted(sorted)) {
    return;
  }
  std::vector<Resource> in_order;
  in_order.reserve(resources.size());
  for (const std::size_t index : sorted) {
    in_order.push_back(std::move(resources[index]));
  }
  resources = std::move(in_order);
}

/// Follows, from each resource that could not run, what it needs and cannot have: that ends in a
/// cycle.
void Relations::report_cycles(std::span<const std::size_t> unmet) {
  std::vector<const Edge*> needs(unmet.size());
  for (const Edge& edge : edges_) {
    if (unmet[edge.dependent] > 0 && unmet[edge.needed] > 0 && needs[edge.dependent] == nullptr) {
      needs[edge.dependent] = &edge;
    }
  }
  std::vector<std::size_t> walk_of(unmet.size());
  for (std::size_t start = 0; start < unmet.size(); ++start) {
    if (unmet[start] == 0) {
      continue;
    }
    std::size_t at = start;
    for (; walk_of[at] == 0; at = needs[at]->needed) {
      walk_of[at] = start + 1;
    }
    if (walk_of[at] != start + 1) {
      continue;
    }
    std::vector<const Edge*> cycle;
    for (const std::size_t first = at; cycle.empty() || at != first; at = needs[at]->needed) {
      cycle.push_back(needs[at]);
    }
    report_cycle(std::move(cycle));
  }
}

void Relations::report_cycle(std::vector<const Edge*> cycle) {
  // The one that was declared first opens the message, wherever the walk came in.
  std::rotate(cycle.begin(), std::ranges::min_element(cycle, {}, &Edge::dependent), cycle.end());
  const Resource& first = declared_.resources[cycle.front()->dependent];
  const diagnostic::Range range = cycle.front()->range;
  const bool is_told = std::ranges::any_of(diagnostics_, [&](const diagnostic::Diagnostic& told) {
    return told.kind == name(Kind::dependency_cycle) && told.file == first.file &&
           told.range.begin == range.begin;
  });
  // Instances of the same blocks need each other in the same way.
  if (is_told) {
    return;
  }
  constexpr std::size_t shown_names = 10;
  std::string path;
  for (std::size_t at = 0; at < cycle.size(); ++at) {
    if (at < shown_names || at + 1 == cycle.size()) {
      path += declared_.resources[cycle[at]->dependent].name + " -> ";
    } else if (at == shown_names) {
      path += "... -> ";
    }
  }
  report(diagnostics_, Kind::dependency_cycle, {first.file, range},
         fmt::format("resource {} depends on itself",
                     quoted_key_of(first.name).empty() ? text::quoted(first.name) : first.name),
         path + first.name);
}

}  // namespace

void check_relations(Declarations& declared, bool is_complete,
                     diagnostic::Diagnostics& diagnostics) {
  Relations(declared, is_complete, diagnostics).check();
}

}  // namespace manifest
