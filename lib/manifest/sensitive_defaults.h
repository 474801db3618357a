// Keeps the defaults of sensitive variables out of diagnostics, as far as the syntax of a manifest
// shows which they are.
#pragma once

#include <vector>

#include "hcl/syntax/tree.h"
#include "manifest/document.h"
#include "manifest/masking.h"

namespace manifest {

/// Whether a variable block says that it is sensitive, or says it by more than a word: that may
/// turn out to be true.
[[nodiscard]] bool may_be_sensitive(const hcl::Block& block);

/// Whether `expression` only says where its value comes from, as env("TOKEN") and
/// trimspace(file("/run/token")) do: what is written there is no secret.
[[nodiscard]] bool only_names_source(const hcl::Expression& expression);

/// Masks the defaults of variables that may be sensitive. Where the syntax of one is broken, its
/// whole block is masked, and the words of what was said about it.
void mask_sensitive_defaults(std::vector<Document>& documents, Masking& masking);

}  // namespace manifest
