// Lists resources: names for people and shells, resolved attributes for programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "manifest/manifest.h"

namespace report {

/// One name a line; with `all_hosts` also what is for others, each with a tab and whom it is for
/// behind its name. For people, spaces in place of the tab, and what tasks are for.
[[nodiscard]] std::string list_as_text(const std::vector<const manifest::Resource*>& resources,
                                       const manifest::Manifest& manifest = {},
                                       bool all_hosts = false, bool is_for_people = false);

/// A JSON document, ended with a newline: {"schema":1,"fluke":VERSION,"host":…,"includes":[…],
/// "resources":[…],"other_hosts":[…],"notifications":[…]} with every attribute resolved:
/// `resources`, and what else `manifest` has; urls without their passwords, durations in
/// milliseconds, and "(sensitive)" in place of what is sensitive.
[[nodiscard]] std::string list_as_json(const std::vector<const manifest::Resource*>& resources,
                                       const manifest::Manifest& manifest, bool all_hosts,
                                       std::string_view version);

}  // namespace report
