#include "fluke/selection.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_set>

#include "text/distance.h"
#include "text/quote.h"

namespace fluke {
namespace {

using Names = std::unordered_set<std::string_view>;

std::string unknown_name(std::string_view option, std::string_view name,
                         const manifest::Manifest& manifest) {
  std::vector<std::string_view> known;
  for (const manifest::Resource& resource : manifest.resources) {
    known.emplace_back(resource.name);
  }
  const auto nearest = text::nearest(name, std::span<const std::string_view>(known));
  return fmt::format(
      "{} names {}, but no resource has that name; {}", option, text::quoted(name),
      nearest ? fmt::format("did you mean \"{}\"?", *nearest) : "see fluke list for the names");
}

}  // namespace

tl::expected<std::vector<const manifest::Resource*>, std::string> select(
    const manifest::Manifest& manifest, std::span<const std::string> only,
    std::span<const std::string> skip) {
  Names known;
  for (const manifest::Resource& resource : manifest.resources) {
    known.insert(resource.name);
  }
  for (const auto& [option, names] : {std::pair{"--only", only}, std::pair{"--skip", skip}}) {
    for (const std::string& name : names) {
      if (!known.contains(name)) {
        return tl::unexpected(unknown_name(option, name, manifest));
      }
    }
  }
  const Names wanted(only.begin(), only.end());
  const Names unwanted(skip.begin(), skip.end());
  std::vector<const manifest::Resource*> selected;
  for (const manifest::Resource& resource : manifest.resources) {
    if ((wanted.empty() || wanted.contains(resource.name)) && !unwanted.contains(resource.name)) {
      selected.push_back(&resource);
    }
  }
  return selected;
}

}  // namespace fluke
