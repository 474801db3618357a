// What the program does about its own mistakes.
#include "fluke/entry_point.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "support/temporary_directory.h"

namespace {

/// A type of resource with a bug.
class BrokenType : public reconcile::ResourceType {
 public:
  [[nodiscard]] std::string_view name() const override { return "broken"; }
  [[nodiscard]] std::span<const manifest::AttributeSchema> attributes() const override {
    return {};
  }
  [[nodiscard]] std::shared_ptr<const manifest::Settings> decode(
      const manifest::AttributeReader& /*attributes*/) const override {
    throw std::logic_error("no settings");
  }
  [[nodiscard]] std::unique_ptr<reconcile::ExecutorFactory> open(
      reconcile::World& /*world*/) const override {
    return nullptr;
  }
  [[nodiscard]] std::unique_ptr<reconcile::Preflight> preflight(
      reconcile::World& /*world*/) const override {
    return nullptr;
  }
};

TEST(EntryPoint, SaysOfABugThatItIsOne) {
  const support::TemporaryDirectory directory;
  const std::string manifest =
      directory.write("a.fluke.hcl", "broken \"a\" {\n  working_dir = \".\"\n}\n");
  const BrokenType broken;
  const std::array<const reconcile::ResourceType*, 1> types = {&broken};
  const std::array argv = {"fluke", "validate", manifest.c_str()};
  testing::internal::CaptureStderr();
  const int status = fluke::run_program(argv.size(), argv.data(), types);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "fluke: internal error: no settings; this is a bug in fluke\n");
  EXPECT_EQ(status, 70);
}

}  // namespace
