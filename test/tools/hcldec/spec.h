// The specification that hcldec decodes by: which attributes and blocks a file has, and what value
// they make. It is written in HCL itself, a block for each part:
//
//   object {
//     attr "name" { type = string }
//     block_list "listen" {
//       object { attr "port" { type = number } }
//     }
//   }
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/evaluate/scope.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/type.h"
#include "hcl/value/value.h"

namespace hcldec {

enum class SpecKind : std::uint8_t {
  object,
  array,
  attr,
  block,
  block_list,
  block_set,
  block_tuple,
  block_map,
  block_attrs,
  default_value,
  transform,
  literal,
};

/// One part of a specification. Which members count depends on the kind.
struct Spec {
  SpecKind kind = SpecKind::literal;
  /// Within an object, the name of the property.
  std::string key = {};
  /// Of an attr and of all kinds of blocks: the name to look for in the body.
  std::string name = {};
  /// Of an attr and of each attribute of block_attrs.
  hcl::Type type = {};
  bool is_required = false;
  /// Of block_list, block_set and block_tuple: how many blocks there may be; 0 for any number.
  std::size_t min_items = 0;
  std::size_t max_items = 0;
  /// Of a block_map: what the block's labels are called.
  std::vector<std::string> labels = {};
  /// Of a literal.
  hcl::Value value = {};
  /// Of a transform: an expression over `nested`.
  const hcl::Expression* result = nullptr;
  /// Of an object or an array each part, of a default each choice; of a block and of a transform
  /// the one specification within.
  std::vector<Spec> nested = {};
};

/// A specification file: the value to make, and the variables that the input may refer to.
struct SpecFile {
  Spec root;
  hcl::Members variables;
};

/// Nothing where the file has errors. `source` and the tree in `body` outlive the result.
[[nodiscard]] std::optional<SpecFile> read_spec(const diagnostic::SourceFile& source,
                                                const hcl::Body& body, const hcl::Scope& scope,
                                                diagnostic::Diagnostics& diagnostics);

/// The type of the values that `spec` makes, as far as it is known beforehand.
[[nodiscard]] hcl::Type implied_type(const Spec& spec);

}  // namespace hcldec
