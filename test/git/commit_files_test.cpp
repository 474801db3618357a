// Files are read as the commit holds them, whatever lies in the work tree.
#include "git/commit_files.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scene.h"

namespace {

namespace fs = std::filesystem;

/// "PATH: TEXT" for each regular file, and the path alone for the others.
std::string contents(Scene& scene, const std::string& commit,
                     const std::vector<std::string>& places = {""}) {
  git::Client client(scene.runner(), scene.program, scene.environment);
  auto repository = client.open(scene.checkout, std::nullopt);
  if (!repository) {
    return repository.error().message;
  }
  const auto files = git::list_files(*repository, commit, places);
  if (!files) {
    return scene.shortened(files.error().message);
  }
  std::vector<git::CommittedFile> regular;
  std::string shown;
  for (const git::CommittedFile& file : *files) {
    if (file.is_regular) {
      regular.push_back(file);
    } else {
      shown += file.path + "\n";
    }
  }
  const auto texts = git::read_files(*repository, regular);
  if (!texts) {
    return shown + scene.shortened(texts.error().message);
  }
  for (std::size_t i = 0; i < regular.size(); ++i) {
    shown += fmt::format("{}: {}", regular[i].path, (*texts)[i]);
  }
  return shown;
}

TEST(CommitFiles, AreThoseOfTheCommitAndNotOfTheWorkTree) {
  Scene scene;
  scene.clone();
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.write("app.txt", "swapped\n");
  scene.write("more.txt", "planted\n");
  EXPECT_EQ(contents(scene, commit), "app.txt: one\nreadme.txt: read me\n");
}

TEST(CommitFiles, ThatGitDoesNotGiveWholeAreNoneAtAll) {
  Scene scene;
  scene.clone();
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.stand_in("cat-file) git \"$@\" | head -c 50;;");
  EXPECT_EQ(contents(scene, commit), "git does not give \"app.txt\" of \"CHECKOUT\" whole");
}

TEST(CommitFiles, MayHoldAnythingAndHaveAnyName) {
  Scene scene;
  scene.clone();
  scene.push({{"odd/new\nline", "0123 blob 5\n"},
              {"odd/empty", ""},
              {"odd/\xff", std::string("\0\n", 2)}});
  ASSERT_TRUE(scene.sync());
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  EXPECT_EQ(
      contents(scene, commit, {"odd"}),
      std::string("odd/empty: odd/new\nline: 0123 blob 5\nodd/\xff: ") + std::string("\0\n", 2));
}

TEST(CommitFiles, AreListedBelowThePlacesThatAreAskedFor) {
  Scene scene;
  scene.clone();
  scene.push({{"a/x", "ax\n"}, {"a-b", "ab\n"}, {"b/y/z", "z\n"}});
  ASSERT_TRUE(scene.sync());
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  EXPECT_EQ(contents(scene, commit, {"a", "b/y"}), "a/x: ax\nb/y/z: z\n");
  EXPECT_EQ(contents(scene, commit, {"nowhere"}), "");
  EXPECT_EQ(contents(scene, commit, {":/a", ":(glob)a/*"}), "");
}

TEST(CommitFiles, LinksAreListedAndNotRead) {
  Scene scene;
  scene.clone();
  scene.push_link("link.txt", "/etc/passwd");
  ASSERT_TRUE(scene.sync());
  EXPECT_EQ(contents(scene, scene.in_checkout("rev-parse HEAD"), {"link.txt"}), "link.txt\n");
}

TEST(CommitFiles, NoObjectStandsInForAnother) {
  Scene scene;
  scene.clone();
  const std::string commit = scene.in_checkout("rev-parse HEAD");
  scene.write("app.txt", "swapped\n");
  const std::string other = scene.in_checkout("hash-object -w app.txt");
  scene.in_checkout("replace " + scene.in_checkout("rev-parse HEAD:app.txt") + " " + other);
  EXPECT_EQ(contents(scene, commit, {"app.txt"}), "app.txt: one\n");
}

TEST(CommitFiles, ACommitThatIsNotThereIsAnError) {
  Scene scene;
  scene.clone();
  EXPECT_EQ(contents(scene, std::string(40, '1')),
            "git ls-tree in \"CHECKOUT\" exited with status 128");
}

}  // namespace
