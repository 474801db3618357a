#include "manifest/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "manifest/report.h"
#include "text/distance.h"
#include "text/quote.h"

namespace manifest {
namespace {

class Relations {
 public:
  Relations(std::vector<DecodedResource>& resources, bool is_complete,
            diagnostic::Diagnostics& diagnostics)
      : resources_(resources), is_complete_(is_complete), diagnostics_(diagnostics) {}

  void check();

 private:
  void check_names();
  void check_dependency(std::size_t index, const Dependency& dependency);
  void report_unknown(const DecodedResource& resource, const Dependency& dependency);
  void check_repository(std::size_t index);

  std::vector<DecodedResource>& resources_;
  bool is_complete_;
  diagnostic::Diagnostics& diagnostics_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  /// The first enabled resource with a git block, by directory.
  std::unordered_map<std::string, std::size_t> by_directory_;
};

void Relations::check() {
  check_names();
  for (std::size_t index = 0; index < resources_.size(); ++index) {
    for (const Dependency& dependency : resources_[index].depends_on) {
      check_dependency(index, dependency);
    }
    check_repository(index);
  }
}

void Relations::check_names() {
  for (std::size_t index = 0; index < resources_.size(); ++index) {
    const DecodedResource& declared = resources_[index];
    const std::string& name = declared.resource.name;
    if (name.empty()) {
      continue;
    }
    const auto [known, is_new] = by_name_.emplace(name, index);
    if (is_new) {
      continue;
    }
    auto& error = report(diagnostics_, Kind::duplicate_resource,
                         {declared.resource.file, declared.name_range},
                         fmt::format("duplicate resource \"{}\"", name),
                         "each resource of all manifests has a name of its own");
    const DecodedResource& first = resources_[known->second];
    add_note(error, {first.resource.file, first.name_range}, "it is declared here first");
  }
}

void Relations::check_dependency(std::size_t index, const Dependency& dependency) {
  DecodedResource& dependent = resources_[index];
  const Place place = {dependent.resource.file, dependency.range};
  const auto found = by_name_.find(dependency.name);
  if (found == by_name_.end()) {
    report_unknown(dependent, dependency);
  } else if (found->second == index) {
    report(diagnostics_, Kind::invalid_dependency, place,
           fmt::format("resource \"{}\" depends on itself", dependency.name),
           "depends_on names other resources, declared earlier");
  } else if (found->second > index) {
    auto& error =
        report(diagnostics_, Kind::later_dependency, place,
               fmt::format("resource \"{}\" is declared later", dependency.name),
               "resources run in the order of their declaration; move that one before this one");
    const DecodedResource& later = resources_[found->second];
    add_note(error, {later.resource.file, later.name_range}, "it is declared here");
  } else if (std::ranges::find(dependent.resource.depends_on, dependency.name) ==
             dependent.resource.depends_on.end()) {
    dependent.resource.depends_on.emplace_back(dependency.name);
  }
}

void Relations::report_unknown(const DecodedResource& resource, const Dependency& dependency) {
  if (!is_complete_) {
    return;
  }
  std::vector<std::string_view> names;
  for (const DecodedResource& other : resources_) {
    if (&other != &resource && !other.resource.name.empty()) {
      names.push_back(other.resource.name);
    }
  }
  std::string detail = "no mise block has this name";
  if (const auto near = text::nearest(dependency.name, names)) {
    detail += fmt::format("; did you mean \"{}\"?", *near);
  }
  report(diagnostics_, Kind::unknown_dependency, {resource.resource.file, dependency.range},
         fmt::format("unknown resource {}", text::quoted(dependency.name)), std::move(detail));
}

void Relations::check_repository(std::size_t index) {
  const DecodedResource& second = resources_[index];
  const Resource& resource = second.resource;
  if (!resource.enabled || !resource.git || resource.working_dir.empty()) {
    return;
  }
  const auto [known, is_new] = by_directory_.emplace(resource.working_dir.string(), index);
  if (is_new) {
    return;
  }
  const DecodedResource& first = resources_[known->second];
  if (first.resource.git->url == resource.git->url &&
      first.resource.git->branch == resource.git->branch) {
    return;
  }
  auto& error = report(
      diagnostics_, Kind::conflicting_git, {resource.file, second.git_range},
      fmt::format("two different git blocks for {}", text::quoted(resource.working_dir.string())),
      "a directory has one url and one branch; resources that share it agree on them");
  add_note(error, {first.resource.file, first.git_range}, "the other one is here");
}

}  // namespace

void check_relations(std::vector<DecodedResource>& resources, bool is_complete,
                     diagnostic::Diagnostics& diagnostics) {
  Relations(resources, is_complete, diagnostics).check();
}

}  // namespace manifest
