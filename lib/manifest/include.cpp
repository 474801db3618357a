#include "manifest/include.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "hcl/value/value.h"
#include "manifest/attribute.h"
#include "manifest/report.h"
#include "manifest/resource.h"
#include "manifest/rules.h"
#include "text/quote.h"

namespace manifest {
namespace {

constexpr TextRule manifest_rule = {
    .kind = Kind::invalid_path, .noun = "path", .problem = inner_path_problem};

/// Whether every attribute of the block has a value. What is wrong with them has been reported.
bool is_known(const hcl::Body& body, const Document& document, const DecodeContext& context) {
  for (const hcl::Attribute& attribute : body.attributes) {
    diagnostic::Diagnostics ignored;
    if (!context.evaluator.evaluate(*attribute.value, *document.source, ignored)
             .is_wholly_known()) {
      return false;
    }
  }
  for (const hcl::Block& block : body.blocks) {
    if (!is_known(block.body, document, context)) {
      return false;
    }
  }
  return true;
}

class IncludeDecoder {
 public:
  explicit IncludeDecoder(const DecodeContext& context) : context_(context) {}

  void decode(const hcl::Block& block, const Document& document);
  [[nodiscard]] DecodedIncludes take() { return std::move(decoded_); }

 private:
  [[nodiscard]] std::string name_of(const hcl::Block& block, const Document& document);

  const DecodeContext& context_;
  DecodedIncludes decoded_;
  std::unordered_map<std::string_view, Place> by_name_;
};

void IncludeDecoder::decode(const hcl::Block& block, const Document& document) {
  if (!document.source->include.empty()) {
    report(context_.diagnostics, Kind::nested_include, {&document.file(), block.header},
           "include in an included manifest",
           fmt::format("the include \"{}\" brought this manifest here; only manifests that are "
                       "named themselves include others",
                       document.source->include));
    return;
  }
  const AttributeReader attributes(block, document, context_);
  Include& include = decoded_.includes.emplace_back();
  include.checkout = decode_checkout(block, name_of(block, document), document, context_).resource;
  include.manifests = attributes.texts("manifests", manifest_rule, {"."});
  include.manifests_range = attributes.range_of("manifests");
  decoded_.is_known = decoded_.is_known && is_known(block.body, document, context_);
}

std::string IncludeDecoder::name_of(const hcl::Block& block, const Document& document) {
  if (block.labels.empty()) {
    return "";
  }
  const hcl::Label& label = block.labels.front();
  const Place place = {&document.file(), label.range};
  if (auto problem = resource_name_problem(label.text)) {
    report(context_.diagnostics, Kind::invalid_name, place,
           fmt::format("invalid include name {}", text::quoted(label.text)), *std::move(problem));
    return "";
  }
  const auto [known, is_new] = by_name_.emplace(label.text, place);
  if (!is_new) {
    auto& error = report(context_.diagnostics, Kind::duplicate_include, place,
                         fmt::format("duplicate include \"{}\"", label.text),
                         "the names of includes are unique across all manifests");
    add_note(error, known->second, "it is declared here first");
  }
  return std::string(label.text);
}

bool is_same(const GitSource& a, const GitSource& b) {
  return a.url == b.url && a.revision == b.revision && a.verify == b.verify;
}

}  // namespace

DecodedIncludes decode_includes(const std::vector<Document>& documents,
                                const DecodeContext& context) {
  IncludeDecoder decoder(context);
  for (const Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (block.type.text == "include") {
        decoder.decode(block, document);
      }
    }
  }
  return decoder.take();
}

void check_directories(std::span<const Include> includes, std::span<const Resource> resources,
                       diagnostic::Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, const Resource*> by_directory;
  const auto check = [&](const Resource& second) {
    const auto found = by_directory.find(second.working_dir.native());
    if (found == by_directory.end() || !second.enabled || !second.git ||
        is_same(*found->second->git, *second.git)) {
      return;
    }
    auto& error = report(
        diagnostics, Kind::conflicting_git, {second.file, second.range},
        fmt::format("two different git blocks for {}", text::quoted(second.working_dir.string())),
        "those that share a directory agree on its url, on what it follows, and on who vouches for "
        "it");
    add_note(error, {found->second->file, found->second->range}, "the other one is here");
  };
  for (const Include& include : includes) {
    check(include.checkout);
    if (include.checkout.enabled && include.checkout.git && !include.checkout.working_dir.empty()) {
      by_directory.emplace(include.checkout.working_dir.native(), &include.checkout);
    }
  }
  if (by_directory.empty()) {
    return;
  }
  for (const Resource& resource : resources) {
    check(resource);
  }
}

}  // namespace manifest
