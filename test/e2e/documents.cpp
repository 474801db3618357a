#include "e2e/documents.h"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "report/schema.h"

namespace e2e {
namespace {

/// The documents of each definition in the schema.
std::map<std::string, std::vector<std::string>>& kept() {
  static std::map<std::string, std::vector<std::string>> documents;
  return documents;
}

/// Events that are cut short, because fluke was killed or still runs, are left alone.
std::optional<std::string> definition_of(std::string_view text) {
  const auto whole = nlohmann::json::parse(text, nullptr, false);
  if (whole.is_object() && whole.contains("schema") && !whole.contains("event")) {
    return whole.contains("findings")      ? "doctor"
           : whole.contains("commit")      ? "build"
           : !whole.contains("started_at") ? "list"
                                           : "";
  }
  const bool is_whole_run = text.starts_with("{\"event\":\"run_started\"") && text.ends_with("}\n");
  return is_whole_run ? std::optional("event") : std::nullopt;
}

class Documents : public testing::Environment {
 public:
  void TearDown() override {
    for (const auto& [definition, documents] : kept()) {
      report::expect_valid(definition, documents);
    }
  }
};

// NOLINTNEXTLINE(cert-err58-cpp): it is made before main, as gtest wants it.
[[maybe_unused]] const testing::Environment* const documents =
    testing::AddGlobalTestEnvironment(new Documents);

}  // namespace

void keep_document(std::string_view text) {
  if (!text.starts_with('{')) {
    return;
  }
  if (const std::optional<std::string> definition = definition_of(text)) {
    kept()[*definition].emplace_back(text);
  }
}

}  // namespace e2e
