// Decodes one block that declares a resource, or several where it has `for_each`.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"
#include "manifest/resource.h"

namespace manifest {

struct DecodedBlock {
  const ResourceType* type = nullptr;
  /// What messages call it: "resource", or "notify block".
  std::string_view noun = "resource";
  /// With that of its task before it. Empty if there is no valid one.
  std::string name;
  const diagnostic::SourceFile* file = nullptr;
  diagnostic::Range name_range;
  /// From its type to its closing brace.
  diagnostic::Range range;
  /// Null where the block declares one resource of its own name.
  const hcl::Expression* for_each = nullptr;
  /// False where it could not be told which instances there are.
  bool is_expanded = true;
  /// Which of all resources are its own.
  std::size_t first = 0;
  std::size_t count = 0;
  /// What the block says where it has no instance: to be checked, not to be run.
  std::unique_ptr<DecodedResource> pattern;
};

/// A `task` block, and what it declares.
struct DecodedTask {
  std::shared_ptr<const Task> task;
  bool is_for_this_host = true;
  const diagnostic::SourceFile* file = nullptr;
  diagnostic::Range name_range;
  /// Where its policy stands; empty where it has none.
  diagnostic::Range policy_range = {};
  /// Those of each of its resources beside their own.
  Links links;
  /// Which of all blocks are its own.
  std::size_t first = 0;
  std::size_t count = 0;
};

/// What all blocks declare, in the order of their declaration, and of the keys of for_each.
struct Declarations {
  std::vector<DecodedBlock> blocks;
  std::vector<DecodedTask> tasks;
  std::vector<OtherResource> others;
  std::vector<Resource> resources;
  /// Those of each resource, in the same order.
  std::vector<Links> links;

  [[nodiscard]] std::span<const Resource> resources_of(const DecodedBlock& block) const {
    return std::span(resources).subspan(block.first, block.count);
  }
};

/// Adds what `block` declares: one of that type, or a notify block that runs a task of it. `task`
/// is the one that it stands in, or null.
void decode_resource_block(const hcl::Block& block, const ResourceType& type,
                           const Document& document, const DecodeContext& context,
                           const DecodedTask* task, Declarations& declared);

/// Adds what a `task` block declares, of the types that the evaluator knows. What is not for `host`
/// is not evaluated.
void decode_task(const hcl::Block& block, const Host& host, const Document& document,
                 const DecodeContext& context, Declarations& declared);

}  // namespace manifest
