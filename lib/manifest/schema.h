// Which blocks and attributes a manifest may hold, as a table, and the check of a block against it:
// what is unknown, missing, twice there, or written in the other form. Values are checked where
// they are decoded.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "manifest/type.h"

namespace manifest {

/// The type of the blocks that declare notifications.
inline constexpr std::string_view notify_block = "notify";

struct BlockSchema {
  std::string_view type;
  /// One label, the resource's name; otherwise none.
  bool has_name = false;
  /// It may stand only once in its parent.
  bool is_single = false;
  /// Its attributes are names of the author's choice.
  bool has_free_attributes = false;
  std::span<const AttributeSchema> attributes;
  std::span<const BlockSchema> blocks;
};

class Schema {
 public:
  explicit Schema(ResourceTypes types);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  /// The manifest itself: its `type` is empty, and its attributes are none.
  [[nodiscard]] const BlockSchema& top() const { return top_; }

  [[nodiscard]] ResourceTypes types() const { return types_; }

 private:
  ResourceTypes types_;
  /// Of the blocks of each type.
  std::vector<std::vector<AttributeSchema>> attributes_;
  std::vector<BlockSchema> task_blocks_;
  std::vector<BlockSchema> blocks_;
  BlockSchema top_;
};

/// The block of that type, or null.
[[nodiscard]] const BlockSchema* find_block(const BlockSchema& parent, std::string_view type);

struct SchemaCheck {
  const Schema& schema;
  const diagnostic::SourceFile& file;
  /// Where the syntax is broken: what seems to be missing from a block there is not reported again.
  const diagnostic::Diagnostics& syntax_errors;
};

/// Checks everything in a parsed file.
void check_schema(const hcl::Body& body, const SchemaCheck& check,
                  diagnostic::Diagnostics& diagnostics);

}  // namespace manifest
