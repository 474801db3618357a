// Every diagnostic of this library, whole, as a person reads it.
#include "support/golden.h"

#include <gtest/gtest.h>

#include <string>

#include "manifest/include_files.h"
#include "manifest/kinds.h"
#include "manifest_dump.h"
#include "support/diagnostics.h"

namespace manifest {
namespace {

std::string decode_here(std::string_view text) {
  return decoded(text, {{"BYTES", "\xff"}, {"SET", "value"}});
}

TEST(ManifestGolden, Blocks) {
  support::check_golden("manifest/blocks.txt", decode_here);
}

TEST(ManifestGolden, Values) {
  support::check_golden("manifest/values.txt", decode_here);
}

TEST(ManifestGolden, Locals) {
  support::check_golden("manifest/locals.txt", decode_here);
}

TEST(ManifestGolden, Variables) {
  support::check_golden("manifest/variables.txt", decode_here);
}

TEST(ManifestGolden, GivenValues) {
  support::check_golden("manifest/given.txt", decode_here);
}

TEST(ManifestGolden, SensitiveValues) {
  support::check_golden("manifest/sensitive.txt", decode_here);
}

TEST(ManifestGolden, Git) {
  support::check_golden("manifest/git.txt", decode_here);
}

TEST(ManifestGolden, Includes) {
  support::check_golden("manifest/includes.txt", decode_here);
}

TEST(ManifestGolden, IncludesThatAreNotThere) {
  support::check_golden("manifest/absent.txt", [](std::string_view text) {
    const Scene scene = split_scene(text);
    const DecodeResult result = decode_scene(scene);
    diagnostic::Diagnostics absent;
    for (const Include& include : result.manifest.includes) {
      if (is_absent(include)) {
        absent.push_back(describe_absent(include));
      }
    }
    return support::render_with_kinds(absent);
  });
}

TEST(ManifestGolden, Shell) {
  support::check_golden("manifest/shell.txt", decode_here);
}

TEST(ManifestGolden, Systemd) {
  support::check_golden("manifest/systemd.txt", decode_here);
}

TEST(ManifestGolden, Tasks) {
  support::check_golden("manifest/tasks.txt", decode_here);
}

TEST(ManifestGolden, Hosts) {
  support::check_golden("manifest/hosts.txt", decode_here);
}

TEST(ManifestGolden, Relations) {
  support::check_golden("manifest/relations.txt", decode_here);
}

TEST(ManifestGolden, ForEach) {
  support::check_golden("manifest/for_each.txt", decode_here);
}

TEST(ManifestGolden, Versions) {
  support::check_golden("manifest/versions.txt", decode_here);
}

TEST(ManifestGolden, Notify) {
  support::check_golden("manifest/notify.txt", decode_here);
}

TEST(ManifestGolden, SeveralAtOnce) {
  support::check_golden("manifest/several.txt", decode_here);
}

TEST(ManifestGolden, EveryKindIsInAGoldenFile) {
  const std::set<std::string> golden = support::kinds_in_golden("manifest");
  for (const Kind kind : all_kinds) {
    EXPECT_TRUE(golden.contains(std::string(name(kind)))) << name(kind);
  }
}

TEST(ManifestGolden, KindsHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const Kind kind : all_kinds) {
    EXPECT_FALSE(name(kind).empty());
    EXPECT_TRUE(names.insert(name(kind)).second) << name(kind);
  }
}

}  // namespace
}  // namespace manifest
