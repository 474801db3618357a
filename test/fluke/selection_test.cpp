#include "fluke/selection.h"

#include <gtest/gtest.h>

namespace {

using Names = std::vector<std::string>;

manifest::Manifest manifest_of(const Names& names) {
  manifest::Manifest manifest;
  for (const std::string& name : names) {
    manifest.resources.push_back({.name = name});
  }
  return manifest;
}

/// The names that are left, or the error's message alone.
Names selected(const Names& names, const Names& only, const Names& skip) {
  const manifest::Manifest manifest = manifest_of(names);
  const auto resources = fluke::select(manifest, only, skip);
  if (!resources) {
    return {resources.error()};
  }
  Names result;
  for (const manifest::Resource* resource : *resources) {
    result.push_back(resource->name);
  }
  return result;
}

TEST(Selection, OfNothingIsEverything) {
  EXPECT_EQ(selected({"a", "b"}, {}, {}), (Names{"a", "b"}));
}

TEST(Selection, OnlyKeepsDeclarationOrder) {
  EXPECT_EQ(selected({"a", "b", "c"}, {"c", "a"}, {}), (Names{"a", "c"}));
}

TEST(Selection, SkipWinsOverOnly) {
  EXPECT_EQ(selected({"a", "b", "c"}, {"a", "b"}, {"b"}), Names{"a"});
}

TEST(Selection, OfAnUnknownNameIsAnErrorWithTheNearestName) {
  EXPECT_EQ(selected({"deploy", "web"}, {"deplyo"}, {}),
            Names{"--only names \"deplyo\", but no resource has that name; did you mean "
                  "\"deploy\"?"});
}

TEST(Selection, OfANameLikeNoOtherPointsToTheList) {
  EXPECT_EQ(selected({"deploy"}, {}, {"xyzzy"}),
            Names{"--skip names \"xyzzy\", but no resource has that name; see fluke list for the "
                  "names"});
}

}  // namespace
