// What tasks are told about what they are for, and that it stays with them.
#include <gtest/gtest.h>

#include "e2e/host.h"

namespace {

using e2e::Host;

constexpr std::string_view recording_tasks = R"(
[tasks.check]
run = "env | grep ^FLUKE_ | sort > $SEEN/$FLUKE_PHASE; test -f $SEEN/done"

[tasks.apply]
run = "env | grep ^FLUKE_ | sort > $SEEN/apply; touch $SEEN/done"
)";

/// Has a resource whose tasks note what they were told in the file seen/PHASE.
struct RecordingHost : Host {
  RecordingHost() {
    std::filesystem::create_directory(root() / "seen");
    environment["SEEN"] = (root() / "seen").string();
  }
};

TEST(TaskVariables, NameResourcePhaseAndManifest) {
  const RecordingHost host;
  host.directory_with_tasks("site", recording_tasks);
  host.write("conf/site.hcl", "mise \"site\" {\n  working_dir = \"../site\"\n}\n");
  const support::Ran ran = host.fluke({"run", "conf/../conf/site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  for (const std::string phase : {"check", "apply", "verify"}) {
    EXPECT_EQ(
        host.normalised(host.read("seen/" + phase)),
        "FLUKE_MANIFEST=<root>/conf/site.hcl\nFLUKE_PHASE=" + phase + "\nFLUKE_RESOURCE=site\n");
  }
}

TEST(TaskVariables, NameTheCommitsOfARun) {
  const RecordingHost host;
  host.repository_with_tasks("remote.git", recording_tasks);
  host.write("site.hcl", "mise \"site\" {\n  working_dir = \"site\"\n  git {\n    url = \"" +
                             (host.root() / "remote.git").string() + "\"\n  }\n}\n");
  const std::string first =
      host.run({"git", "-C", "remote.git", "rev-parse", "main"}).substr(0, 40);
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_NE(host.read("seen/apply").find("FLUKE_GIT_AFTER=" + first + "\nFLUKE_GIT_BEFORE=\n"),
            std::string::npos)
      << host.read("seen/apply");
  const std::string second = host.commit("remote.git", "readme", "new");
  EXPECT_EQ(host.fluke({"run", "site.hcl"}).status, 0);
  EXPECT_NE(host.read("seen/check")
                .find("FLUKE_GIT_AFTER=" + second + "\nFLUKE_GIT_BEFORE=" + first + "\n"),
            std::string::npos)
      << host.read("seen/check");
}

TEST(TaskVariables, AreThereWhenMiseIsAskedForTheTasks) {
  const Host host;
  host.directory_with_tasks(
      "site",
      "[env]\nABOUT = '{{ env.FLUKE_RESOURCE }} {{ env.FLUKE_PHASE }}'\n[tasks.check]\n"
      "run = 'test \"$ABOUT\" = \"site check\"'\n[tasks.apply]\nrun = 'false'\n");
  host.write("site.hcl", "mise \"site\" {\n  working_dir = \"site\"\n}\n");
  const support::Ran ran = host.fluke({"check", "site.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(host.fluke({"validate", "--tasks", "site.hcl"}).status, 0);
  EXPECT_EQ(host.fluke({"doctor", "site.hcl"}).status, 0);
}

TEST(TaskVariables, GiveWayToTheManifest) {
  const Host host;
  host.directory_with_tasks("site", "[tasks]\ncheck = 'test $FLUKE_RESOURCE = mine'\napply = ''\n");
  host.write(
      "site.hcl",
      "mise \"site\" {\n  working_dir = \"site\"\n  env = { FLUKE_RESOURCE = \"mine\" }\n}\n");
  EXPECT_EQ(host.fluke({"check", "site.hcl"}).status, 0);
}

TEST(TaskVariables, AreNotTakenForOptionsByAFlukeInATask) {
  const RecordingHost host;
  host.directory_with_tasks("inner", recording_tasks);
  host.write("inner/inner.fluke.hcl", "mise \"inner\" {\n  working_dir = \".\"\n}\n");
  host.directory_with_tasks("outer",
                            "[tasks]\ncheck = 'cd ../inner && \"$FLUKE\" run'\napply = ''\n");
  host.write("outer.hcl", "mise \"outer\" {\n  working_dir = \"outer\"\n  env = { FLUKE = \"" +
                              std::string(FLUKE_BINARY) + "\" }\n}\n");
  const support::Ran ran = host.fluke({"check", "-v", "outer.hcl"});
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_EQ(host.normalised(host.read("seen/check")),
            "FLUKE_MANIFEST=<root>/inner/inner.fluke.hcl\nFLUKE_PHASE=check\n"
            "FLUKE_RESOURCE=inner\n");
}

}  // namespace
