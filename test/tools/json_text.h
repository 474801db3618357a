// A string as JSON, for the tools that put their output together by hand.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace tools {

/// In quotes; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] inline std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace tools
