// Holds JSON against man/fluke.schema.json with a validator that is not ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/source_location.h"

namespace report {

/// Each of `documents` is valid, knows no member that the schema does not know, and is one of
/// `definition` in the schema: "" is the document, "event" makes every line one. The test is
/// skipped where the validator is not installed.
void expect_valid(std::string_view definition, const std::vector<std::string>& documents,
                  support::SourceLocation where = support::SourceLocation::current());

}  // namespace report
