#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "manifest_dump.h"

namespace manifest {
namespace {

std::string resource_with(std::string_view locals, std::string_view working_dir) {
  return decoded(fmt::format("locals {{\n{}\n}}\nmise \"a\" {{\n  working_dir = {}\n}}\n", locals,
                             working_dir));
}

TEST(Locals, MayReferToLaterOnes) {
  EXPECT_EQ(resource_with(R"(
  app  = "${local.root}/app"
  root = "/opt"
)",
                          "local.app"),
            "a in /opt/app\n");
}

TEST(Locals, OfSeveralBlocksAndManifestsShareOneNamespace) {
  EXPECT_EQ(decoded(R"(
mise "a" {
  working_dir = local.app
}
locals {
  root = "/opt"
}
## other.fluke.hcl
locals {
  app = "${local.root}/app"
}
)"),
            "a in /opt/app\n");
}

TEST(Locals, MayBeAnyValue) {
  EXPECT_EQ(resource_with(R"(
  sites = { blue = ["/srv/blue", 8080] }
)",
                          "\"${local.sites.blue[0]}/${local.sites[\"blue\"][1]}\""),
            "a in /srv/blue/8080\n");
}

TEST(Locals, MayReferToOneTwice) {
  EXPECT_EQ(resource_with(R"(
  a = "x"
  b = "${local.a}${local.a}"
  c = "/${local.b}${local.a}"
)",
                          "local.c"),
            "a in /xxx\n");
}

TEST(Locals, InAChainOfTenThousandAreEvaluatedFromEitherEnd) {
  std::string forwards = "  l0 = \"/opt\"\n";
  std::string backwards;
  for (int i = 1; i <= 10000; ++i) {
    forwards += fmt::format("  l{} = local.l{}\n", i, i - 1);
    backwards += fmt::format("  l{} = local.l{}\n", 10001 - i, 10000 - i);
  }
  backwards += "  l0 = \"/opt\"\n";
  EXPECT_EQ(resource_with(forwards, "local.l10000"), "a in /opt\n");
  EXPECT_EQ(resource_with(backwards, "local.l10000"), "a in /opt\n");
}

TEST(Locals, InACycleOfTenThousandAreReportedOnce) {
  std::string locals;
  for (int i = 0; i < 10000; ++i) {
    locals += fmt::format("  l{} = local.l{}\n", i, (i + 1) % 10000);
  }
  EXPECT_EQ(resource_with(locals, "local.l7"), R"(# local-cycle
error: local "l0" depends on itself
  --> site.hcl:2:3
   |
 2 |   l0 = local.l1
   |   ^^ local.l0 -> local.l1 -> local.l2 -> local.l3 -> local.l4 -> local.l5 -> local.l6 -> local.l7 -> ... -> local.l9999 -> local.l0
)");
}

TEST(Locals, InATowerOfValuesAreReportedWhereItIsTooHigh) {
  std::string locals = "  l0 = []\n";
  for (int i = 1; i <= 20000; ++i) {
    locals += fmt::format("  l{} = [local.l{}]\n", i, i - 1);
  }
  const std::vector<Source> sources = split_sources("locals {\n" + locals + "}\n");
  const DecodeResult result = decode_with(sources, {});
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_EQ(result.diagnostics[0].kind, "value-too-large");
}

}  // namespace
}  // namespace manifest
