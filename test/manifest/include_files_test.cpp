// Which files of an include are manifests, and reading them where they lie.
#include "manifest/include_files.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace manifest {
namespace {

/// An include that names `paths`, and the manifest that declares it.
struct DeclaredInclude {
  diagnostic::SourceFile file{"host.fluke.hcl", "include \"infra\" {}\n"};
  Include include;

  explicit DeclaredInclude(std::vector<std::string> paths,
                           const std::filesystem::path& directory = "/srv/infra") {
    include.checkout.name = "infra";
    include.checkout.file = &file;
    include.checkout.range = {0, 15};
    include.checkout.working_dir = directory;
    include.manifests = std::move(paths);
    include.manifests_range = {0, 15};
  }
};

const std::vector<IncludedFile> files = {
    {"README.md"},
    {"common/base.fluke.hcl"},
    {"common/deep/er.fluke.hcl"},
    {"common/notes.txt"},
    {"hosts/.hidden.fluke.hcl"},
    {"hosts/link.fluke.hcl", false},
    {"hosts/web1.fluke.hcl"},
    {"hosts/web2.fluke.hcl"},
    {"plain.hcl"},
    {"top.fluke.hcl"},
};

/// What the paths mean: the files, and a line for each problem.
std::string chosen(const std::vector<std::string>& paths) {
  const DeclaredInclude scene(paths);
  const ManifestChoice choice = choose_manifests(scene.include, files);
  std::string text = fmt::format("{}", fmt::join(choice.paths, " "));
  for (const diagnostic::Diagnostic& problem : choice.diagnostics) {
    text += fmt::format("\n{}: {}", problem.summary, problem.detail);
  }
  return text;
}

constexpr std::string_view link_problem =
    "\ncannot read \"hosts/link.fluke.hcl\" of include \"infra\": it is a symbolic link or no "
    "regular file; an include follows no links, name the file that is meant";

TEST(IncludeFiles, NamesAndPatternsMeanFiles) {
  EXPECT_EQ(chosen({"common"}), "common/base.fluke.hcl common/deep/er.fluke.hcl");
  EXPECT_EQ(chosen({"./common//deep/"}), "common/deep/er.fluke.hcl");
  EXPECT_EQ(chosen({"hosts/web1.fluke.hcl", "common/*"}),
            "hosts/web1.fluke.hcl common/base.fluke.hcl common/deep/er.fluke.hcl");
  EXPECT_EQ(chosen({"hosts/web?.fluke.hcl"}), "hosts/web1.fluke.hcl hosts/web2.fluke.hcl");
  EXPECT_EQ(chosen({"*.fluke.hcl"}), "top.fluke.hcl");
  EXPECT_EQ(chosen({"*/deep"}), "common/deep/er.fluke.hcl");
}

TEST(IncludeFiles, EachIsReadOnce) {
  EXPECT_EQ(chosen({"top.fluke.hcl", "*.fluke.hcl", "top.fluke.hcl"}), "top.fluke.hcl");
}

TEST(IncludeFiles, ANameNeedNotLookLikeAManifest) {
  EXPECT_EQ(chosen({"plain.hcl"}), "plain.hcl");
  EXPECT_EQ(chosen({"hosts/.hidden.fluke.hcl"}), "hosts/.hidden.fluke.hcl");
}

TEST(IncludeFiles, ByDefaultEveryManifestIsMeant) {
  EXPECT_EQ(chosen({"."}),
            "common/base.fluke.hcl common/deep/er.fluke.hcl hosts/web1.fluke.hcl "
            "hosts/web2.fluke.hcl top.fluke.hcl" +
                std::string(link_problem));
}

TEST(IncludeFiles, LinksAreNotFollowed) {
  EXPECT_EQ(chosen({"hosts/link.fluke.hcl"}), link_problem);
}

TEST(IncludeFiles, ANameHasToBeThere) {
  EXPECT_EQ(chosen({"hosts/web3.fluke.hcl", "top.fluke.hcl"}),
            "top.fluke.hcl\nno manifest \"hosts/web3.fluke.hcl\" in include \"infra\": "
            "\"/srv/infra\" holds no such file, and no directory of that name with files that end "
            "in \".fluke.hcl\"; a pattern may match nothing, a name may not");
}

TEST(IncludeFiles, APatternMayMatchNothing) {
  EXPECT_EQ(chosen({"hosts/db*.fluke.hcl", "top.fluke.hcl"}), "top.fluke.hcl");
}

TEST(IncludeFiles, AnIncludeWithoutAnyManifestIsAMistake) {
  EXPECT_EQ(chosen({"hosts/db*.fluke.hcl"}),
            "\nno manifest in include \"infra\": nothing below \"/srv/infra\" that this names ends "
            "in \".fluke.hcl\"");
}

TEST(IncludeFiles, AnEmptyListMeansNone) {
  EXPECT_EQ(chosen({}),
            "\nno manifest in include \"infra\": nothing below \"/srv/infra\" that this names ends "
            "in \".fluke.hcl\"");
}

TEST(IncludeFiles, OnlyTheBeginningsOfPathsAreLookedAt) {
  EXPECT_EQ(places_of(DeclaredInclude({"common", "hosts/web*.fluke.hcl", "./common/"}).include),
            (std::vector<std::string>{"common", "hosts"}));
  EXPECT_EQ(places_of(DeclaredInclude({"."}).include), std::vector<std::string>{""});
  EXPECT_EQ(places_of(DeclaredInclude({"*/web.fluke.hcl"}).include), std::vector<std::string>{""});
}

/// The manifests that are read, with their directories, or what is wrong.
std::string read_paths(const DeclaredInclude& scene) {
  const ReadResult read = read_include(scene.include);
  std::string text;
  for (const Source& source : read.sources) {
    text += fmt::format("{} in {} of {}\n", source.file->name(), source.directory.native(),
                        source.include);
  }
  for (const diagnostic::Diagnostic& problem : read.diagnostics) {
    text += fmt::format("{}: {}\n", problem.summary, problem.detail);
  }
  return text;
}

TEST(IncludeFiles, AreReadFromTheirDirectory) {
  const support::TemporaryDirectory directory;
  directory.write("infra/hosts/web.fluke.hcl", "");
  directory.write("infra/top.fluke.hcl", "");
  directory.write("infra/.git/trap.fluke.hcl", "");
  const std::string root = (directory.path() / "infra").native();
  EXPECT_EQ(read_paths(DeclaredInclude({"."}, root)),
            fmt::format("{0}/hosts/web.fluke.hcl in {0}/hosts of infra\n"
                        "{0}/top.fluke.hcl in {0} of infra\n",
                        root));
}

TEST(IncludeFiles, ALinkToADirectoryLeadsNowhere) {
  const support::TemporaryDirectory directory;
  directory.write("infra/top.fluke.hcl", "");
  directory.write("secret/other.fluke.hcl", "");
  const std::string root = (directory.path() / "infra").native();
  std::filesystem::create_directory_symlink("../secret", root + "/hosts");
  EXPECT_EQ(read_paths(DeclaredInclude({"*.fluke.hcl"}, root)),
            fmt::format("{0}/top.fluke.hcl in {0} of infra\n", root));
  EXPECT_EQ(read_paths(DeclaredInclude({"hosts/other.fluke.hcl"}, root)),
            fmt::format("cannot read \"{}/hosts/other.fluke.hcl\": Too many levels of symbolic "
                        "links\n",
                        root));
}

TEST(IncludeFiles, ADirectoryThatIsNotThereIsAnError) {
  EXPECT_EQ(read_paths(DeclaredInclude({"."}, "/nonexistent/infra")),
            "cannot read \"/nonexistent/infra\": No such file or directory; check the path\n");
}

}  // namespace
}  // namespace manifest
