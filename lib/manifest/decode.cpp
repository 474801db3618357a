#include "manifest/decode.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hcl/syntax/parser.h"
#include "manifest/document.h"
#include "manifest/functions.h"
#include "manifest/locals.h"
#include "manifest/passwords.h"
#include "manifest/relations.h"
#include "manifest/resource.h"
#include "manifest/schema.h"

namespace manifest {
namespace {

std::vector<Document> parse(std::span<const Source> sources) {
  std::vector<Document> documents;
  documents.reserve(sources.size());
  for (const Source& source : sources) {
    hcl::ParseResult parsed = hcl::parse(*source.file);
    documents.push_back({.source = &source,
                         .tree = std::move(parsed.file),
                         .syntax_errors = std::move(parsed.diagnostics)});
  }
  return documents;
}

bool is_well_formed(const std::vector<Document>& documents) {
  return std::ranges::all_of(
      documents, [](const Document& document) { return document.syntax_errors.empty(); });
}

std::vector<DecodedResource> decode_resources(const std::vector<Document>& documents,
                                              const DecodeContext& context) {
  std::vector<DecodedResource> resources;
  for (const Document& document : documents) {
    for (const hcl::Block& block : document.tree.body.blocks) {
      if (block.type.text == "mise") {
        resources.push_back(decode_resource(block, document, context));
      }
    }
  }
  return resources;
}

/// Puts the diagnostics into the order of the sources and of their places.
void sort(diagnostic::Diagnostics& diagnostics, std::span<const Source> sources) {
  std::unordered_map<const diagnostic::SourceFile*, std::size_t> order;
  for (const Source& source : sources) {
    order.emplace(source.file.get(), order.size());
  }
  std::ranges::stable_sort(diagnostics, {}, [&order](const diagnostic::Diagnostic& problem) {
    return std::pair(order[problem.file], problem.range.begin);
  });
}

/// Lets the diagnostics point into, and say, what may be shown.
void mask(diagnostic::Diagnostics& diagnostics, std::span<const Source> sources) {
  std::unordered_map<const diagnostic::SourceFile*, const diagnostic::SourceFile*> masked;
  for (const Source& source : sources) {
    if (source.masked_copy != nullptr) {
      masked.emplace(source.file.get(), source.masked_copy.get());
    }
  }
  const auto shown = [&masked](const diagnostic::SourceFile* file) {
    const auto found = masked.find(file);
    return found == masked.end() ? file : found->second;
  };
  for (diagnostic::Diagnostic& problem : diagnostics) {
    problem.file = shown(problem.file);
    problem.summary = mask_passwords(problem.summary);
    problem.detail = mask_passwords(problem.detail);
    for (diagnostic::Note& note : problem.notes) {
      note.file = shown(note.file);
      note.message = mask_passwords(note.message);
    }
  }
}

}  // namespace

DecodeResult decode(std::span<const Source> sources, const EnvironmentLookup& environment) {
  DecodeResult result;
  const std::vector<Document> documents = parse(sources);
  for (const Document& document : documents) {
    std::ranges::copy(document.syntax_errors, std::back_inserter(result.diagnostics));
    check_schema(document.tree.body,
                 {.file = document.file(), .syntax_errors = document.syntax_errors},
                 result.diagnostics);
  }

  const hcl::Functions functions =
      make_functions(environment, sources.empty() ? std::filesystem::path() : sources[0].directory);
  Locals locals(documents, result.diagnostics);
  locals.evaluate(functions, result.diagnostics);

  std::vector<DecodedResource> resources = decode_resources(
      documents, {.locals = locals, .functions = functions, .diagnostics = result.diagnostics});
  check_relations(resources, is_well_formed(documents), result.diagnostics);
  result.manifest.resources.reserve(resources.size());
  for (DecodedResource& decoded : resources) {
    result.manifest.resources.push_back(std::move(decoded.resource));
  }

  sort(result.diagnostics, sources);
  mask(result.diagnostics, sources);
  return result;
}

}  // namespace manifest
