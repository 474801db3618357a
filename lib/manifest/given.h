// Values for variables from outside of the manifests, as they were written.
#pragma once

#include <cstdint>

#include "manifest/manifest.h"

namespace manifest {

/// A text that gives values to variables.
struct Given {
  enum class Form : std::uint8_t {
    /// The text is `NAME=VALUE`.
    option,
    environment,
    /// Attributes.
    hcl_file,
    /// One object.
    json_file,
  };

  Form form = Form::option;
  Source source;
};

}  // namespace manifest
