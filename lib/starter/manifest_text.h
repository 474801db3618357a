// Writes a first manifest for a directory, with comments for somebody who has not seen one before.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "starter/checkout_source.h"
#include "starter/task_choice.h"

namespace starter {

struct Facts {
  /// Of the directory: the resource's name is made of it.
  std::string directory_name;
  /// All that mise knows there; absent where it did not say.
  std::optional<std::vector<std::string>> task_names;
  TaskChoices tasks;
  std::optional<CheckoutSource> source;
};

/// `name` with everything replaced that a resource's name cannot hold.
[[nodiscard]] std::string resource_name(std::string_view name);

/// `text` as an HCL string.
[[nodiscard]] std::string hcl_string(std::string_view text);

/// The tasks that `choices` lacks, for a .mise.toml: to be filled in, and failing until then.
[[nodiscard]] std::string tasks_text(const TaskChoices& choices);

/// A valid manifest in canonical layout, to stand in the directory itself.
[[nodiscard]] std::string manifest_text(const Facts& facts);

}  // namespace starter
