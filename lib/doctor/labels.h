// Looks at what the manifests say of this host, and of others.
#pragma once

#include "doctor/finding.h"
#include "manifest/manifest.h"

namespace doctor {

/// The labels of this host, and each task that selects by a label which it does not have at all:
/// that may be misspelt. Nothing where no task selects.
[[nodiscard]] Findings examine_labels(const manifest::Manifest& manifest);

}  // namespace doctor
