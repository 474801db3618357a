// What `for_each` makes of one block: an instance for each key, each with a name of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hcl/syntax/tree.h"
#include "hcl/value/value.h"
#include "manifest/decode_context.h"
#include "manifest/document.h"

namespace manifest {

/// What `each` is in one instance.
struct Instance {
  std::string key;
  hcl::Value value;

  /// An object of `key` and `value`.
  [[nodiscard]] hcl::Value each() const;
};

/// `each` where it is not known what the instances are.
[[nodiscard]] hcl::Value unknown_each();

/// The instances that an attribute `for_each` gives, in the order of their keys; nothing if that
/// cannot be told, after a diagnostic.
[[nodiscard]] std::optional<std::vector<Instance>> instances_of(const hcl::Attribute& for_each,
                                                                const Document& document,
                                                                const DecodeContext& context);

}  // namespace manifest
