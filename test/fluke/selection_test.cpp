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
  const auto resources = fluke::select(manifest, {.only = only, .skip = skip}, {});
  if (!resources) {
    return {resources.error().message};
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

TEST(Selection, OfNoNameIsAnError) {
  EXPECT_EQ(selected({"deploy", "web"}, {}, {""}),
            Names{"--skip names \"\", but no resource has that name; see fluke list for the "
                  "names"});
}

TEST(Selection, OfAnUnknownNameIsAnErrorWithTheNearestName) {
  EXPECT_EQ(selected({"deploy", "web"}, {"deplyo"}, {}),
            Names{"--only names \"deplyo\", but no resource has that name; did you mean "
                  "\"deploy\"?"});
}

TEST(Selection, NamesTheVariableThatWasSet) {
  EXPECT_EQ(fluke::select(manifest_of({"deploy"}), {.only = {"deplyo"}, .skip = {}},
                          {.from_environment = {"only"}})
                .error()
                .message,
            "FLUKE_ONLY names \"deplyo\", but no resource has that name; did you mean "
            "\"deploy\"?");
}

TEST(Selection, OfANameBehindATypeIsAnErrorWithTheName) {
  EXPECT_EQ(selected({"deploy/site", "web"}, {"task.deploy"}, {}),
            Names{"--only names \"task.deploy\", but no resource has that name; did you mean "
                  "\"deploy\"?"});
}

TEST(Selection, OfANameLikeNoOtherPointsToTheList) {
  EXPECT_EQ(selected({"deploy"}, {}, {"xyzzy"}),
            Names{"--skip names \"xyzzy\", but no resource has that name; see fluke list for the "
                  "names"});
}

const Names fleet = {"db", R"(site["a"])", R"(site["b"])", "web-1", "web-2", "worker"};

TEST(Selection, TakesInstancesOneByOneOrTheWholeBlock) {
  EXPECT_EQ(selected(fleet, {R"(site["a"])"}, {}), Names{R"(site["a"])"});
  EXPECT_EQ(selected(fleet, {"site"}, {}), (Names{R"(site["a"])", R"(site["b"])"}));
  EXPECT_EQ(selected(fleet, {"site"}, {R"(site["a"])"}), Names{R"(site["b"])"});
}

TEST(Selection, TakesPatterns) {
  EXPECT_EQ(selected(fleet, {"web-*"}, {}), (Names{"web-1", "web-2"}));
  EXPECT_EQ(selected(fleet, {"w*"}, {"*-?"}), Names{"worker"});
  EXPECT_EQ(selected(fleet, {"site[*"}, {}), (Names{R"(site["a"])", R"(site["b"])"}));
  EXPECT_EQ(selected(fleet, {R"(site["?"])"}, {}), (Names{R"(site["a"])", R"(site["b"])"}));
  EXPECT_EQ(selected(fleet, {"s?te"}, {}), (Names{R"(site["a"])", R"(site["b"])"}));
  EXPECT_EQ(selected(fleet, {"*"}, {"*"}), Names{});
}

TEST(Selection, TakesANameForItselfBeforeItIsAPattern) {
  EXPECT_EQ(selected({R"(site["*"])", R"(site["a"])"}, {R"(site["*"])"}, {}),
            Names{R"(site["*"])"});
}

TEST(Selection, OfAPatternThatMatchesNothingIsAnError) {
  EXPECT_EQ(selected(fleet, {"wbe-*"}, {}),
            Names{"--only names \"wbe-*\", but no resource has a name like that; did you mean "
                  "\"web-1\"?"});
  EXPECT_EQ(selected(fleet, {}, {"xyzzy*"}),
            Names{"--skip names \"xyzzy*\", but no resource has a name like that; see fluke list "
                  "for the names"});
}

TEST(Selection, OfAnUnknownInstanceNamesTheInstancesThatThereAre) {
  EXPECT_EQ(selected(fleet, {R"(site["wiki"])"}, {}),
            Names{R"(--only names 'site["wiki"]', but no resource has that name; there are )"
                  R"(site["a"], site["b"])"});
  EXPECT_EQ(selected({R"(site["north"])", R"(site["south"])"}, {R"(site["nroth"])"}, {}),
            Names{R"(--only names 'site["nroth"]', but no resource has that name; did you mean )"
                  R"(site["north"]?)"});
  EXPECT_EQ(selected(fleet, {"sit"}, {}),
            Names{"--only names \"sit\", but no resource has that name; did you mean \"site\"?"});
}

}  // namespace
