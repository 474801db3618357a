#include "fluke/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_set>

#include "manifest/include_files.h"
#include "manifest/resource_name.h"
#include "text/distance.h"
#include "text/glob.h"
#include "text/quote.h"

namespace fluke {
namespace {

using Resources = std::vector<const manifest::Resource*>;

/// What was typed, in one kind of quotes.
std::string shown(std::string_view entry) {
  return entry.find('"') == std::string_view::npos ? text::quoted(entry) : text::shell_word(entry);
}

/// A pattern is compared by what stands before its first wildcard.
std::optional<std::string_view> nearest(std::string_view entry,
                                        const std::vector<std::string_view>& known) {
  if (!text::is_glob(entry)) {
    return text::nearest(entry, known);
  }
  const std::string_view literal = entry.substr(0, entry.find_first_of("*?"));
  std::vector<std::string_view> beginnings;
  beginnings.reserve(known.size());
  for (const std::string_view name : known) {
    beginnings.push_back(name.substr(0, literal.size()));
  }
  const auto near = text::nearest(literal, beginnings);
  const auto found = near ? std::ranges::find(beginnings, *near) : beginnings.end();
  return found == beginnings.end() ? std::nullopt
                                   : std::optional(*(known.begin() + (found - beginnings.begin())));
}

/// The resources of one manifest, as they are named on a command line.
class Selector {
 public:
  explicit Selector(const manifest::Manifest& manifest) : manifest_(manifest) {}

  [[nodiscard]] tl::expected<std::unordered_set<const manifest::Resource*>, Failure> find_all(
      std::string_view setter, std::span<const std::string> entries) const;

 private:
  [[nodiscard]] Resources find(std::string_view entry) const;
  [[nodiscard]] Resources find_if(const std::function<bool(std::string_view name)>& is_meant) const;
  [[nodiscard]] std::string hint(std::string_view entry) const;

  const manifest::Manifest& manifest_;
};

Resources Selector::find_if(const std::function<bool(std::string_view)>& is_meant) const {
  Resources found;
  for (const manifest::Resource& resource : manifest_.resources) {
    if (is_meant(resource.name)) {
      found.push_back(&resource);
    }
  }
  return found;
}

Resources Selector::find(std::string_view entry) const {
  Resources found = find_if([&](std::string_view name) { return name == entry; });
  if (found.empty()) {
    found = find_if([&](std::string_view name) { return manifest::block_of(name) == entry; });
  }
  if (found.empty() && !entry.empty()) {
    found = find_if([&](std::string_view name) { return manifest::task_of(name) == entry; });
  }
  if (found.empty() && text::is_glob(entry)) {
    found = find_if([&](std::string_view name) {
      return text::matches_glob(entry, name) ||
             text::matches_glob(entry, manifest::block_of(name)) ||
             text::matches_glob(entry, manifest::task_of(name));
    });
  }
  return found;
}

std::string Selector::hint(std::string_view entry) const {
  std::vector<std::string_view> known;
  std::vector<std::string_view> instances;
  for (const manifest::Resource& resource : manifest_.resources) {
    const std::string_view block = manifest::block_of(resource.name);
    known.push_back(block);
    if (const std::string_view task = manifest::task_of(block); !task.empty()) {
      known.push_back(task);
    }
    if (block != resource.name && block == manifest::block_of(entry)) {
      instances.emplace_back(resource.name);
    }
  }
  if (!instances.empty()) {
    return manifest::describe_instances(instances, entry);
  }
  const auto is_elsewhere = [&](const manifest::OtherResource& other) {
    return other.name == manifest::block_of(entry) || other.task->name == entry;
  };
  if (std::ranges::any_of(manifest_.others, is_elsewhere)) {
    return "it is for hosts with other labels, see fluke list --all-hosts";
  }
  // Behind a type, as in depends_on.
  const std::string_view name = entry.substr(entry.find('.') + 1);
  if (const auto near = find(name).empty() ? nearest(entry, known) : std::optional(name)) {
    return fmt::format("did you mean \"{}\"?", *near);
  }
  const auto absent =
      std::ranges::find_if(manifest_.includes, [](const manifest::Include& include) {
        return include.checkout.enabled && manifest::is_absent(include);
      });
  return absent == manifest_.includes.end()
             ? "see fluke list for the names"
             : fmt::format(
                   "perhaps include \"{}\" declares it, which is not there yet: fluke run "
                   "clones it",
                   absent->checkout.name);
}

tl::expected<std::unordered_set<const manifest::Resource*>, Failure> Selector::find_all(
    std::string_view setter, std::span<const std::string> entries) const {
  std::unordered_set<const manifest::Resource*> all;
  for (const std::string& entry : entries) {
    const Resources found = find(entry);
    if (found.empty()) {
      return tl::unexpected(Failure{
          .code = ExitCode::usage,
          .message =
              fmt::format("{} names {}, but no resource has {}; {}", setter, shown(entry),
                          text::is_glob(entry) ? "a name like that" : "that name", hint(entry))});
    }
    all.insert(found.begin(), found.end());
  }
  return all;
}

}  // namespace

tl::expected<Resources, Failure> select(const manifest::Manifest& manifest,
                                        const Selection& selection, const Invocation& invocation) {
  const Selector selector(manifest);
  const auto wanted = selector.find_all(invocation.setter_of("only"), selection.only);
  const auto unwanted = selector.find_all(invocation.setter_of("skip"), selection.skip);
  if (!wanted || !unwanted) {
    return tl::unexpected(!wanted ? wanted.error() : unwanted.error());
  }
  Resources selected;
  for (const manifest::Resource& resource : manifest.resources) {
    if ((selection.only.empty() || wanted->contains(&resource)) && !unwanted->contains(&resource)) {
      selected.push_back(&resource);
    }
  }
  return selected;
}

}  // namespace fluke
