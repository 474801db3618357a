// What the JSON document and the JSON events have in common.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "diagnostic/diagnostic.h"
#include "reconcile/outcome.h"

namespace report {

using Json = nlohmann::ordered_json;

/// Raised on any change that would break a reader.
inline constexpr int schema = 1;

[[nodiscard]] Json or_null(std::string_view text);
[[nodiscard]] Json include_as_json(const reconcile::ResourceOutcome& include);
[[nodiscard]] Json resource_as_json(const reconcile::ResourceOutcome& resource);

[[nodiscard]] Json notification_as_json(const reconcile::NotificationOutcome& notification);

/// How many resources there are, and how many of each outcome.
[[nodiscard]] Json summary_as_json(const reconcile::RunOutcome& outcome);
[[nodiscard]] Json diagnostic_as_json(const diagnostic::Diagnostic& diagnostic);

}  // namespace report
