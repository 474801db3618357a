// Type constraints, as the `type` of a variable is written: `list(string)`,
// `object({ name = string, port = optional(number, 80) })`. They look like expressions, but their
// names are types and nothing is called.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "diagnostic/diagnostic.h"
#include "hcl/syntax/tree.h"
#include "hcl/value/convert.h"
#include "hcl/value/type.h"
#include "hcl/value/value.h"

namespace hcl {

/// The defaults of optional attributes, in a tree of the shape of the type. Empty parts are left
/// out.
struct Defaults {
  struct Part;

  /// Of an object: what an attribute that is missing or null becomes.
  Members values;
  /// What is inside the attributes of an object by their names, inside the elements of a tuple by
  /// their indexes ("0"), and inside all elements of a list, set or map under an empty name.
  std::vector<Part> parts;

  [[nodiscard]] bool empty() const;
};

struct Defaults::Part {
  std::string name;
  Defaults defaults;
};

struct TypeConstraint {
  Type type;
  Defaults defaults;
};

/// The type that `expression` is written for; `any` where it is none, after a diagnostic. `source`
/// is the file that the expression was parsed from.
[[nodiscard]] TypeConstraint read_type(const Expression& expression,
                                       const diagnostic::SourceFile& source,
                                       diagnostic::Diagnostics& diagnostics);

/// `value` with the defaults put in wherever an object in it lacks an attribute or has null for
/// it; a null object stays null. The types change by that, so a conversion to the type follows.
[[nodiscard]] Value with_defaults(const Value& value, const Defaults& defaults);

/// Both: the value that somebody gets who gave `value` where `constraint` is asked for.
[[nodiscard]] tl::expected<Value, ConversionError> convert(const Value& value,
                                                           const TypeConstraint& constraint);

}  // namespace hcl
