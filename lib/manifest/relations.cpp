#include "manifest/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

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
  void check_dependencies_of(Resource& dependent, const Links& links, std::size_t index,
                             diagnostic::Diagnostics& problems);
  [[nodiscard]] const DecodedBlock* find_needed(const Dependency& dependency, std::size_t index,
                                                diagnostic::Diagnostics& problems) const;
  [[nodiscard]] std::optional<std::string> find_instance(const DecodedBlock& block,
                                                         const Dependency& dependency,
                                                         std::size_t index,
                                                         diagnostic::Diagnostics& problems) const;
  void report_unknown(const Dependency& dependency, std::size_t index,
                      diagnostic::Diagnostics& problems) const;
  void check_repository(std::size_t second);

  Declarations& declared_;
  const std::vector<DecodedBlock>& blocks_;
  bool is_complete_;
  diagnostic::Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  /// The names of all resources that come from blocks with for_each.
  std::unordered_set<std::string_view> instances_;
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
        for (const Resource& resource : declared_.resources_of(block)) {
          instances_.insert(resource.name);
        }
      }
      continue;
    }
    auto& error = report(diagnostics_, Kind::duplicate_resource, {block.file, block.name_range},
                         fmt::format("duplicate resource \"{}\"", block.name),
                         "the names of resources are unique across all manifests");
    const DecodedBlock& first = blocks_[known->second];
    add_note(error, {first.file, first.name_range}, "it is declared here first");
  }
}

void Relations::check_dependencies(std::size_t index) {
  const DecodedBlock& block = blocks_[index];
  if (block.pattern) {
    check_dependencies_of(block.pattern->resource, block.pattern->links, index, diagnostics_);
  }
  if (block.for_each == nullptr) {
    check_dependencies_of(declared_.resources[block.first], declared_.links[block.first], index,
                          diagnostics_);
    return;
  }
  std::vector<diagnostic::Diagnostics> problems(block.count);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < problems.size(); ++i) {
    Resource& resource = declared_.resources[block.first + i];
    names.push_back(resource.name);
    check_dependencies_of(resource, declared_.links[block.first + i], index, problems[i]);
  }
  report_once(problems, names, {block.file, block.for_each->range}, diagnostics_);
}

void Relations::check_dependencies_of(Resource& dependent, const Links& links, std::size_t index,
                                      diagnostic::Diagnostics& problems) {
  std::vector<std::string>& names = dependent.depends_on;
  for (const Dependency& dependency : links.depends_on) {
    const DecodedBlock* needed = find_needed(dependency, index, problems);
    if (needed == nullptr) {
      continue;
    }
    if (dependency.key) {
      if (auto name = find_instance(*needed, dependency, index, problems)) {
        names.push_back(*std::move(name));
      }
      continue;
    }
    for (const Resource& resource : declared_.resources_of(*needed)) {
      names.push_back(resource.name);
    }
  }
  drop_repeats(names);
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
           "depends_on names other resources, declared earlier");
  } else if (found->second > index) {
    auto& error =
        report(problems, Kind::later_dependency, place,
               fmt::format("resource \"{}\" is declared later", dependency.block),
               "resources run in the order of their declaration; move that one before this one");
    const DecodedBlock& later = blocks_[found->second];
    add_note(error, {later.file, later.name_range}, "it is declared here");
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

/// The name of the instance of `block` that `dependency` means.
std::optional<std::string> Relations::find_instance(const DecodedBlock& block,
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
  std::string name = instance_name(block.name, *dependency.key);
  if (instances_.contains(name)) {
    return name;
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
  if (first.git->url == resource.git->url && first.git->branch == resource.git->branch) {
    return;
  }
  const diagnostic::Range here = declared_.links[second].git_range;
  const diagnostic::Range there = declared_.links[known->second].git_range;
  auto& error = report(
      diagnostics_, Kind::conflicting_git, {resource.file, here},
      fmt::format("two different git blocks for {}", text::quoted(resource.working_dir.string())),
      "a directory has one url and one branch; resources that share it agree on them");
  // Both may be one block, with two values of `each`.
  const bool is_same_block = first.file == resource.file && here == there;
  add_note(error, {first.file, there},
           is_same_block ? fmt::format("{} and {} share it", first.name, resource.name)
                         : "the other one is here");
}

}  // namespace

void check_relations(Declarations& declared, bool is_complete,
                     diagnostic::Diagnostics& diagnostics) {
  Relations(declared, is_complete, diagnostics).check();
}

}  // namespace manifest
