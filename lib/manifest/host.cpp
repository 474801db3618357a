#include "manifest/host.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "manifest/attribute.h"
#include "manifest/report.h"

namespace manifest {
namespace {

constexpr TextRule name_rule = {
    .kind = Kind::invalid_name,
    .noun = "host name",
    .problem = [](std::string_view text) -> std::optional<std::string> {
      return text.empty() ? std::optional<std::string>("leave it out for the name of this host")
                          : std::nullopt;
    }};

std::string kernel_name() {
  std::array<char, 256> name = {};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

Host decode_host(const std::vector<Document>& documents, const DecodeContext& context,
                 std::span<const std::string> labels) {
  Host host;
  std::optional<Place> first;
  for (const Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (block.type.text != "host") {
        continue;
      }
      const Place place = {&document.file(), block.header};
      if (!document.source->include.empty()) {
        report(context.diagnostics, Kind::included_host, place, "a host block in an include",
               "the manifests that are named on the command line describe the host, and an include "
               "is for several");
        continue;
      }
      if (first) {
        // Two in one file break the schema.
        if (first->file != place.file) {
          add_note(report(context.diagnostics, Kind::duplicate_host, place, "second host block",
                          "all manifests of a run are for one host"),
                   *first, "the first one is here");
        }
        continue;
      }
      first = place;
      const AttributeReader attributes(block, document, context);
      host.name = attributes.text("name", name_rule, "").value_or("");
      host.labels = attributes.labels("labels");
    }
  }
  if (host.name.empty()) {
    host.name = kernel_name();
  }
  for (const std::string_view label : labels) {
    const std::size_t equals = std::min(label.find('='), label.size());
    host.labels.insert_or_assign(std::string(label.substr(0, equals)),
                                 std::string(label.substr(std::min(equals + 1, label.size()))));
  }
  return host;
}

hcl::Value value_of(const Host& host) {
  hcl::Members labels;
  for (const auto& [name, value] : host.labels) {
    labels.emplace(name, hcl::Value::string(value));
  }
  hcl::Members members;
  members.emplace("name", hcl::Value::string(host.name));
  members.emplace("labels", hcl::Value::object(std::move(labels)));
  return hcl::Value::object(std::move(members));
}

bool matches(const Labels& selector, const Labels& labels) {
  return std::ranges::all_of(selector, [&](const auto& pair) {
    const auto found = labels.find(pair.first);
    return found != labels.end() && found->second == pair.second;
  });
}

}  // namespace manifest
