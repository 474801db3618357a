// The question whether a remote has a branch, asked from wherever a checkout is or will be.
#include <gtest/gtest.h>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

/// The answer as a message; empty if the branch is there.
std::string answered(Scene& scene, const std::string& branch = "main") {
  git::Client client(scene.runner(), scene.program, scene.environment);
  const auto found = client.look_for_revision(
      scene.checkout, {.url = scene.url, .revision = {.name = branch}}, std::chrono::minutes(1));
  return found ? "" : scene.shortened(found.error().message);
}

TEST(LookForBranch, FindsItBeforeThereIsACheckoutAndMakesNone) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  EXPECT_EQ(answered(scene), "");
  EXPECT_FALSE(fs::exists(scene.checkout));
  scene.checkout /= "deep/below";
  EXPECT_EQ(answered(scene), "");
  EXPECT_FALSE(fs::exists(scene.checkout.parent_path()));
}

TEST(LookForBranch, LeavesACheckoutAsItIs) {
  Scene scene;
  scene.clone();
  scene.push({{"app.txt", "two\n"}});
  const std::string before = scene.snapshot() + scene.in_checkout("for-each-ref");
  EXPECT_EQ(answered(scene), "");
  EXPECT_EQ(scene.snapshot() + scene.in_checkout("for-each-ref"), before);
  EXPECT_FALSE(fs::exists(scene.checkout / ".git/FETCH_HEAD"));
}

TEST(LookForBranch, TellsWhatIsMissing) {
  Scene scene;
  scene.push({{"app.txt", "one\n"}});
  EXPECT_EQ(answered(scene, "mai"),
            "there is no branch \"mai\" at \"REMOTE\"; there is \"main\"; if \"main\" is meant, "
            "write: branch = \"main\"");
  scene.url += "-gone";
  EXPECT_EQ(answered(scene),
            "cannot read from \"REMOTE-gone\": git ls-remote exited with status 128");
  scene.url = "https://me%0Ayou@example.org/app.git";
  EXPECT_EQ(answered(scene),
            "the user name or the password in the url of the manifest holds a line break");
}

}  // namespace
