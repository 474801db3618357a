#include "report/json.h"

#include <nlohmann/json.hpp>

#include "report/json_parts.h"
#include "report/time.h"

namespace report {
namespace {

template <typename Items, typename AsJson>
Json list_as_json(const Items& items, AsJson as_json) {
  Json list = Json::array();
  for (const auto& item : items) {
    list.push_back(as_json(item));
  }
  return list;
}

}  // namespace

std::string to_json(const BuildInfo& info) {
  const Json document = {{"schema", schema},
                         {"fluke", info.version},
                         {"commit", info.commit},
                         {"commit_time", iso_time(info.commit_time) + "Z"},
                         {"build_type", info.build_type}};
  return document.dump(2) + '\n';
}

std::string to_json(const RunInfo& info, const reconcile::RunOutcome& outcome,
                    const diagnostic::Diagnostics& diagnostics) {
  const Json document = {
      {"schema", schema},
      {"fluke", info.version},
      {"command", or_null(info.command)},
      {"manifests", info.manifests},
      {"host", or_null(info.host)},
      {"user", or_null(info.user)},
      {"started_at", iso_time(outcome.started_at) + "Z"},
      {"duration_ms", milliseconds(outcome.duration)},
      {"exit_code", info.exit_code},
      {"summary", summary_as_json(outcome)},
      {"other_hosts", info.manifest == nullptr ? 0 : info.manifest->others.size()},
      {"includes", list_as_json(outcome.includes, include_as_json)},
      {"resources", list_as_json(outcome.resources, resource_as_json)},
      {"notifications", list_as_json(outcome.notifications, notification_as_json)},
      {"diagnostics", list_as_json(diagnostics, diagnostic_as_json)}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace report
