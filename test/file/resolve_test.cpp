#include "file/resolve.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "file/contents.h"
#include "support/temporary_directory.h"

namespace {

namespace fs = std::filesystem;
using file::Links;
using support::TemporaryDirectory;

/// What is read at the place; "errno N" where it cannot be opened.
std::string read_at(const file::ResolvedPath& place) {
  const file::Descriptor opened = place.open(O_RDONLY);
  return opened.is_open() ? file::read_all(opened.get(), 1000).value_or("unreadable")
                          : "errno " + std::to_string(errno);
}

/// What is read where `path` leads; what is wrong with it otherwise.
std::string read_through(const fs::path& path, Links links) {
  const auto place = file::resolve(path, links);
  return place ? read_at(*place) : file::describe(place.error());
}

constexpr uid_t another_user = 65534;

/// A link that another user made, which only root can give them.
bool make_foreign_link(const fs::path& target, const fs::path& link) {
  fs::create_symlink(target, link);
  return ::lchown(link.c_str(), another_user, another_user) == 0;
}

std::string refusal_of(const fs::path& link) {
  return '"' + link.string() +
         "\" is a symbolic link that neither root nor this user made; name the file itself";
}

TEST(ResolvedPath, IsFoundThroughLinks) {
  const TemporaryDirectory directory;
  directory.write("real/deep/file", "text");
  fs::create_symlink("real", directory.path() / "relative");
  fs::create_symlink(directory.path() / "relative/deep", directory.path() / "absolute");
  fs::create_symlink("../absolute//file", directory.path() / "real/chain");
  for (const char* path : {"real/deep/file", "relative/deep/file", "relative/./deep/../deep/file",
                           "absolute/file", "real/chain", "relative//chain"}) {
    EXPECT_EQ(read_through(directory.path() / path, Links::any), "text") << path;
    EXPECT_EQ(read_through(directory.path() / path, Links::trusted), "text") << path;
  }
}

TEST(ResolvedPath, MayBeOfAFileThatIsNotThereYet) {
  const TemporaryDirectory directory;
  fs::create_symlink("absent", directory.path() / "link");
  const auto place = file::resolve(directory.path() / "link", Links::trusted);
  ASSERT_TRUE(place);
  EXPECT_TRUE(place->open(O_WRONLY | O_CREAT).is_open());
  EXPECT_TRUE(fs::is_regular_file(directory.path() / "absent"));
}

TEST(ResolvedPath, IsNotFoundWhereTheWayThereDoesNotExist) {
  const TemporaryDirectory directory;
  directory.write("file", "text");
  fs::create_symlink("loop", directory.path() / "loop");
  EXPECT_EQ(read_through(directory.path() / "absent/file", Links::any),
            "open: No such file or directory");
  EXPECT_EQ(read_through(directory.path() / "file/file", Links::any), "open: Not a directory");
  EXPECT_EQ(read_through(directory.path() / "file/", Links::any), "open: Not a directory");
  EXPECT_EQ(read_through(directory.path() / "loop", Links::any),
            "open: Too many levels of symbolic links");
}

TEST(ResolvedPath, IsNotFoundThroughALinkOfAnotherUser) {
  const TemporaryDirectory directory;
  directory.write("real/file", "text");
  fs::create_symlink("foreign", directory.path() / "own");
  if (!make_foreign_link("real", directory.path() / "foreign") ||
      !make_foreign_link("absent", directory.path() / "dangling")) {
    GTEST_SKIP() << "needs root, to give a link to another user";
  }
  EXPECT_EQ(read_through(directory.path() / "foreign/file", Links::any), "text");
  EXPECT_EQ(read_through(directory.path() / "foreign/file", Links::trusted),
            refusal_of(directory.path() / "foreign"));
  EXPECT_EQ(read_through(directory.path() / "own/file", Links::trusted),
            refusal_of(directory.path() / "foreign"));
  EXPECT_EQ(read_through(directory.path() / "dangling", Links::trusted),
            refusal_of(directory.path() / "dangling"));
}

TEST(ResolvedPath, IsNotFoundThroughAnyLinkWhereNoneIsAllowed) {
  const TemporaryDirectory directory;
  directory.write("real/file", "text");
  fs::create_symlink("real", directory.path() / "link");
  fs::create_symlink("file", directory.path() / "real/link");
  const file::Descriptor base(::open(directory.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  const auto place = file::resolve("real/file", Links::none, base.get());
  ASSERT_TRUE(place);
  EXPECT_EQ(read_at(*place), "text");
  for (const char* path : {"link/file", "real/link"}) {
    const auto found = file::resolve(path, Links::none, base.get());
    ASSERT_FALSE(found) << path;
    EXPECT_EQ(found.error().code, ELOOP) << path;
  }
}

TEST(ResolvedPath, StaysWhereItIsWhateverBecomesOfThePath) {
  const TemporaryDirectory directory;
  directory.write("a/file", "text");
  directory.write("b/file", "other");
  const auto place = file::resolve(directory.path() / "a/file", Links::trusted);
  ASSERT_TRUE(place);
  fs::rename(directory.path() / "a", directory.path() / "moved");
  fs::create_symlink("b", directory.path() / "a");
  EXPECT_EQ(read_at(*place), "text");
}

TEST(ResolvedPath, DoesNotFollowALinkThatCameLater) {
  const TemporaryDirectory directory;
  directory.write("file", "text");
  directory.write("other", "other");
  const auto place = file::resolve(directory.path() / "file", Links::any);
  ASSERT_TRUE(place);
  fs::remove(directory.path() / "file");
  fs::create_symlink("other", directory.path() / "file");
  EXPECT_EQ(read_at(*place), "errno " + std::to_string(ELOOP));
}

TEST(ResolvedPath, MayBeAnOpenFileThatProcKnows) {
  const TemporaryDirectory directory;
  const fs::path path = directory.write("file", "text");
  const file::Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  fs::remove(path);
  const std::string link = "/proc/self/fd/" + std::to_string(opened.get());
  EXPECT_EQ(read_through(link, Links::trusted), "text");
  fs::create_symlink(link, directory.path() / "link");
  EXPECT_EQ(read_through(directory.path() / "link", Links::trusted), "text");
  directory.write("other", "other");
  const file::Descriptor parent(::open(directory.path().c_str(), O_PATH | O_CLOEXEC));
  EXPECT_EQ(
      read_through("/proc/self/fd/" + std::to_string(parent.get()) + "/other", Links::trusted),
      "other");
}

}  // namespace
