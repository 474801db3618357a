// Holds every JSON document that the end-to-end tests see against the schema, whatever else they
// look at in it: all at once when the tests are over, for the validator takes its time to start.
#pragma once

#include <string_view>

namespace e2e {

/// Keeps `text` if it is one of fluke's documents, or a whole run's events.
void keep_document(std::string_view text);

}  // namespace e2e
