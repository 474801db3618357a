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

/// The resources that need each other, in the order in which they run. Between two blocks of a task
/// stands a barrier: a node that needs all of the first, and that all of the second need.
class Order {
 public:
  /// Before anything else is added.
  void set_resources(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      ranks_.push_back(i);
    }
    resources_ = count;
  }
  void add(const Edge& edge) { edges_.push_back(edge); }
  void put_behind(const DecodedBlock& first, const DecodedBlock& second);

  [[nodiscard]] bool is_plain() const { return edges_.empty(); }
  [[nodiscard]] std::span<const Edge> edges() const { return edges_; }

  /// Of the resources whose needs are met, the one that was declared first comes next. Those of a
  /// cycle, and those that need them, are left out.
  [[nodiscard]] std::vector<std::size_t> sorted();

  /// After sorted(): how many needs of each node are still unmet.
  [[nodiscard]] std::span<const std::size_t> unmet() const { return unmet_; }
  [[nodiscard]] bool is_resource(std::size_t node) const { return node < resources_; }

 private:
  std::size_t resources_ = 0;
  /// Of each node; the lower ones come first. A barrier goes before what is behind it.
  std::vector<std::size_t> ranks_;
  std::vector<Edge> edges_;
  std::vector<std::size_t> unmet_;
};

void Order::put_behind(const DecodedBlock& first, const DecodedBlock& second) {
  const std::size_t barrier = ranks_.size();
  ranks_.push_back(second.first);
  for (std::size_t i = first.first; i < first.first + first.count; ++i) {
    add({.dependent = barrier, .needed = i, .range = second.name_range});
  }
  for (std::size_t i = second.first; i < second.first + second.count; ++i) {
    add({.dependent = i, .needed = barrier, .range = second.name_range});
  }
}

std::vector<std::size_t> Order::sorted() {
  unmet_.assign(ranks_.size(), 0);
  // The nodes that need a node stand together.
  std::vector<std::size_t> begins(ranks_.size() + 1);
  for (const Edge& edge : edges_) {
    ++unmet_[edge.dependent];
    ++begins[edge.needed + 1];
  }
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::size_t> dependents(edges_.size());
  std::vector<std::size_t> next(begins.begin(), begins.end() - 1);
  for (const Edge& edge : edges_) {
    dependents[next[edge.needed]++] = edge.dependent;
  }
  // By rank; of equal ones a barrier goes first.
  const auto comes_later = [&](std::size_t a, std::size_t b) {
    return std::pair(ranks_[a], is_resource(a)) > std::pair(ranks_[b], is_resource(b));
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(comes_later)> ready(
      comes_later);
  for (std::size_t node = 0; node < unmet_.size(); ++node) {
    if (unmet_[node] == 0) {
      ready.push(node);
    }
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t node = ready.top();
    ready.pop();
    if (is_resource(node)) {
      order.push_back(node);
    }
    for (std::size_t i = begins[node]; i < begins[node + 1]; ++i) {
      if (--unmet_[dependents[i]] == 0) {
        ready.push(dependents[i]);
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
  /// Whose dependencies are looked for.
  struct Dependent {
    const diagnostic::SourceFile* file = nullptr;
    std::optional<std::size_t> block = std::nullopt;
    std::optional<std::size_t> task = std::nullopt;
  };

  void check_names();
  void check_task_names();
  void check_task(std::size_t index);
  void check_dependencies(std::size_t index);
  void check_dependencies_of(std::optional<std::size_t> dependent, const Links& links,
                             const Dependent& who, diagnostic::Diagnostics& problems);
  [[nodiscard]] std::vector<std::size_t> find_all(const Dependency& dependency,
                                                  const Dependent& who,
                                                  diagnostic::Diagnostics& problems) const;
  [[nodiscard]] const DecodedTask* find_task(const Dependency& dependency, const Dependent& who,
                                             diagnostic::Diagnostics& problems) const;
  [[nodiscard]] const DecodedBlock* find_needed(const Dependency& dependency, const Dependent& who,
                                                diagnostic::Diagnostics& problems) const;
  [[nodiscard]] std::optional<std::size_t> find_instance(const DecodedBlock& block,
                                                         const Dependency& dependency,
                                                         const Dependent& who,
                                                         diagnostic::Diagnostics& problems) const;
  void report_unknown(const Dependency& dependency, const Dependent& who,
                      diagnostic::Diagnostics& problems) const;
  void check_repository(std::size_t second);
  void need(std::size_t dependent, std::size_t needed, diagnostic::Range range);
  void sort_resources();
  void report_cycles();
  void report_cycle(std::vector<const Edge*> cycle);

  Declarations& declared_;
  const std::vector<DecodedBlock>& blocks_;
  bool is_complete_;
  diagnostic::Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  /// Those resources that come from blocks with for_each, by name.
  std::unordered_map<std::string_view, std::size_t> instances_;
  std::unordered_map<std::string_view, std::size_t> tasks_by_name_;
  /// The task that each block stands in.
  std::vector<std::optional<std::size_t>> task_of_block_;
  Order order_;
  /// The first enabled resource with a git block, by directory.
  std::unordered_map<std::string_view, std::size_t> by_directory_;
};

void Relations::check() {
  order_.set_resources(declared_.resources.size());
  check_names();
  check_task_names();
  for (std::size_t index = 0; index < blocks_.size(); ++index) {
    check_dependencies(index);
    for (std::size_t i = 0; i < blocks_[index].count; ++i) {
      check_repository(blocks_[index].first + i);
    }
  }
  for (std::size_t index = 0; index < declared_.tasks.size(); ++index) {
    check_task(index);
  }
  for (Resource& resource : declared_.resources) {
    drop_repeats(resource.depends_on);
  }
  sort_resources();
}

/// Tasks are named where resources are, and so share their names.
void Relations::check_task_names() {
  task_of_block_.resize(blocks_.size());
  for (std::size_t index = 0; index < declared_.tasks.size(); ++index) {
    const DecodedTask& task = declared_.tasks[index];
    std::fill_n(task_of_block_.begin() + static_cast<std::ptrdiff_t>(task.first), task.count,
                index);
    const std::string_view name = task.task->name;
    if (name.empty()) {
      continue;
    }
    const auto resource = by_name_.find(name);
    const auto [known, is_new] = tasks_by_name_.emplace(name, index);
    if (is_new && resource == by_name_.end()) {
      continue;
    }
    auto& error = report(diagnostics_, Kind::duplicate_resource, {task.file, task.name_range},
                         fmt::format("duplicate task \"{}\"", name),
                         "the names of tasks and resources are unique across all manifests");
    if (is_new) {
      const DecodedBlock& first = blocks_[resource->second];
      add_note(error, {first.file, first.name_range}, "a resource has this name");
    } else {
      const DecodedTask& first = declared_.tasks[known->second];
      add_note(error, {first.file, first.name_range}, "it is declared here first");
    }
  }
}

/// What the task depends on, its resources do; and each block of it waits for the one before.
void Relations::check_task(std::size_t index) {
  const DecodedTask& task = declared_.tasks[index];
  const std::span blocks = std::span(blocks_).subspan(task.first, task.count);
  for (const Dependency& dependency : task.links.depends_on) {
    const std::vector<std::size_t> needed =
        find_all(dependency, {.file = task.file, .task = index}, diagnostics_);
    for (const DecodedBlock& block : blocks) {
      for (std::size_t i = block.first; i < block.first + block.count; ++i) {
        for (const std::size_t other : needed) {
          need(i, other, dependency.range);
        }
      }
    }
  }
  const DecodedBlock* last = nullptr;
  for (const DecodedBlock& block : blocks) {
    if (block.count == 0) {
      continue;
    }
    if (last != nullptr) {
      order_.put_behind(*last, block);
    }
    last = &block;
  }
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
  const Dependent who = {.file = block.file, .block = index, .task = task_of_block_[index]};
  if (block.pattern) {
    check_dependencies_of(std::nullopt, block.pattern->links, who, diagnostics_);
  }
  if (block.for_each == nullptr) {
    if (block.count == 1) {
      check_dependencies_of(block.first, declared_.links[block.first], who, diagnostics_);
    }
    return;
  }
  std::vector<diagnostic::Diagnostics> problems(block.count);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < problems.size(); ++i) {
    const std::size_t instance = block.first + i;
    names.push_back(declared_.resources[instance].name);
    check_dependencies_of(instance, declared_.links[instance], who, problems[i]);
  }
  report_once(problems, names, {block.file, block.for_each->range}, diagnostics_);
}

/// Without a `dependent`, of a block that stands for none, the names are looked for all the same.
void Relations::check_dependencies_of(std::optional<std::size_t> dependent, const Links& links,
                                      const Dependent& who, diagnostic::Diagnostics& problems) {
  for (const Dependency& dependency : links.depends_on) {
    for (const std::size_t needed : find_all(dependency, who, problems)) {
      if (dependent) {
        need(*dependent, needed, dependency.range);
      }
    }
  }
}

void Relations::need(std::size_t dependent, std::size_t needed, diagnostic::Range range) {
  declared_.resources[dependent].depends_on.push_back(declared_.resources[needed].name);
  order_.add({.dependent = dependent, .needed = needed, .range = range});
}

/// The resources that `dependency` names; none after a problem.
std::vector<std::size_t> Relations::find_all(const Dependency& dependency, const Dependent& who,
                                             diagnostic::Diagnostics& problems) const {
  std::vector<std::size_t> found;
  const auto add = [&](const DecodedBlock& block) {
    for (std::size_t i = block.first; i < block.first + block.count; ++i) {
      found.push_back(i);
    }
  };
  if (dependency.type == task_block) {
    if (const DecodedTask* task = find_task(dependency, who, problems)) {
      std::ranges::for_each(std::span(blocks_).subspan(task->first, task->count), add);
    }
    return found;
  }
  const DecodedBlock* block = find_needed(dependency, who, problems);
  if (block == nullptr) {
    return found;
  }
  if (!dependency.key) {
    add(*block);
  } else if (const auto instance = find_instance(*block, dependency, who, problems)) {
    found.push_back(*instance);
  }
  return found;
}

/// The task that `dependency` names, if `who` may depend on it.
const DecodedTask* Relations::find_task(const Dependency& dependency, const Dependent& who,
                                        diagnostic::Diagnostics& problems) const {
  const Place place = {who.file, dependency.range};
  if (const auto found = tasks_by_name_.find(dependency.block); found == tasks_by_name_.end()) {
    report_unknown(dependency, who, problems);
  } else if (found->second == who.task) {
    report(problems, Kind::invalid_dependency, place,
           fmt::format("task \"{}\" depends on itself", dependency.block),
           "depends_on names other tasks; the blocks of a task run in their order");
  } else if (dependency.key) {
    report(problems, Kind::unknown_dependency, place,
           fmt::format("task \"{}\" has no instances", dependency.block),
           "only a resource with for_each has; leave the key out");
  } else {
    return &declared_.tasks[found->second];
  }
  return nullptr;
}

/// The block that `dependency` names, if `who` may depend on it.
const DecodedBlock* Relations::find_needed(const Dependency& dependency, const Dependent& who,
                                           diagnostic::Diagnostics& problems) const {
  const auto found = by_name_.find(dependency.block);
  if (found == by_name_.end() || blocks_[found->second].type->name() != dependency.type) {
    report_unknown(dependency, who, problems);
    return nullptr;
  }
  if (found->second == who.block) {
    report(problems, Kind::invalid_dependency, {who.file, dependency.range},
           fmt::format("resource \"{}\" depends on itself", dependency.block),
           "depends_on names other resources");
    return nullptr;
  }
  return &blocks_[found->second];
}

void Relations::report_unknown(const Dependency& dependency, const Dependent& who,
                               diagnostic::Diagnostics& problems) const {
  if (!is_complete_) {
    return;
  }
  std::vector<std::string_view> names;
  if (dependency.type == task_block) {
    for (const DecodedTask& other : declared_.tasks) {
      names.emplace_back(other.task->name);
    }
  } else {
    for (std::size_t index = 0; index < blocks_.size(); ++index) {
      const DecodedBlock& other = blocks_[index];
      if (index != who.block && !other.name.empty() && other.type->name() == dependency.type) {
        names.emplace_back(other.name);
      }
    }
  }
  const auto in_task =
      std::ranges::find_if(names, [behind = fmt::format("/{}", dependency.block)](
                                      std::string_view name) { return name.ends_with(behind); });
  std::string detail = fmt::format("no {} block has this name", dependency.type);
  if (const auto found = by_name_.find(dependency.block); found != by_name_.end()) {
    const std::string_view type = blocks_[found->second].type->name();
    detail += fmt::format(", but {} block has: write {}", text::with_article(type),
                          reference_to(type, dependency.block));
  } else if (tasks_by_name_.contains(dependency.block)) {
    detail += ", but a task has: write " + reference_to(task_block, dependency.block);
  } else if (in_task != names.end()) {
    detail += fmt::format(" outside of a task; write {}", reference_to(dependency.type, *in_task));
  } else if (const auto near = text::nearest(dependency.block, names)) {
    detail += fmt::format("; did you mean \"{}\"?", *near);
  }
  report(problems, Kind::unknown_dependency, {who.file, dependency.range},
         fmt::format("unknown {} {}", dependency.type == task_block ? "task" : "resource",
                     text::quoted(dependency.block)),
         std::move(detail));
}

/// The instance of `block` that `dependency` means.
std::optional<std::size_t> Relations::find_instance(const DecodedBlock& block,
                                                    const Dependency& dependency,
                                                    const Dependent& who,
                                                    diagnostic::Diagnostics& problems) const {
  const Place place = {who.file, dependency.range};
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
  std::vector<Resource>& resources = declared_.resources;
  if (order_.is_plain()) {
    return;
  }
  const std::vector<std::size_t> sorted = order_.sorted();
  if (sorted.size() < resources.size()) {
    report_cycles();
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

/// Follows, from each node that could not have its turn, what it needs and cannot have: that ends
/// in a cycle.
void Relations::report_cycles() {
  const std::span<const std::size_t> unmet = order_.unmet();
  std::vector<const Edge*> needs(unmet.size());
  for (const Edge& edge : order_.edges()) {
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
    const std::size_t first = at;
    do {
      if (order_.is_resource(at)) {
        cycle.push_back(needs[at]);
      }
      at = needs[at]->needed;
    } while (at != first);
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
