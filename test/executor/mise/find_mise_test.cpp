#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "executor/mise/client.h"
#include "support/temporary_directory.h"

namespace {

class FindMise : public testing::Test {
 protected:
  std::filesystem::path install(const char* place) const {
    const std::filesystem::path file = directory_.write(place, "#!/bin/sh\n");
    chmod(file.c_str(), 0755);
    return file;
  }

  [[nodiscard]] process::Environment environment() const {
    process::Environment environment;
    environment.set("PATH", (directory_.path() / "path").native());
    environment.set("HOME", (directory_.path() / "home").native());
    return environment;
  }

  support::TemporaryDirectory directory_;
};

TEST_F(FindMise, PrefersPath) {
  install("home/.local/bin/mise");
  const std::filesystem::path on_path = install("path/mise");
  EXPECT_EQ(mise::find_mise(environment()), on_path);
}

TEST_F(FindMise, LooksWhereInstallersPutIt) {
  for (const char* place :
       {"home/.cargo/bin/mise", "home/.local/share/mise/bin/mise", "home/.local/bin/mise"}) {
    const std::filesystem::path installed = install(place);
    EXPECT_EQ(mise::find_mise(environment()), installed);
  }
}

TEST_F(FindMise, PassesOverWhatOthersCanChangeIfItIsForRoot) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "needs root";
  }
  const std::filesystem::path on_path = install("path/mise");
  const std::filesystem::path at_home = install("home/.local/bin/mise");
  ASSERT_EQ(::chown(on_path.c_str(), 65534, 65534), 0);
  process::PassedOver passed_over;
  EXPECT_EQ(mise::find_mise(environment(), &passed_over), at_home);
  EXPECT_EQ(passed_over, (process::PassedOver{"\"" + on_path.string() +
                                              "\" belongs to uid 65534, and is passed over"}));
  ASSERT_EQ(::chown(at_home.parent_path().c_str(), 65534, 65534), 0);
  EXPECT_NE(mise::find_mise(environment(), &passed_over), at_home);
  EXPECT_EQ(mise::find_mise(environment()), on_path);
}

TEST_F(FindMise, SaysWhereItLookedInVain) {
  process::Environment environment;
  environment.set("PATH", "/usr/bin:/bin");
  environment.set("HOME", "/root");
  EXPECT_EQ(mise::describe_not_found(environment),
            "not found; looked on PATH (\"/usr/bin:/bin\") and in /root/.local/bin, "
            "/root/.local/share/mise/bin, /root/.cargo/bin, /usr/local/bin, /usr/bin, /bin, "
            "/opt/homebrew/bin, /home/linuxbrew/.linuxbrew/bin, /snap/bin; install it, or name it "
            "with --mise");
  EXPECT_EQ(mise::describe_not_found({}),
            "not found; looked on PATH (not set) and in /usr/local/bin, /usr/bin, /bin, "
            "/opt/homebrew/bin, /home/linuxbrew/.linuxbrew/bin, /snap/bin, but in no home "
            "directory, as HOME is not set; install it, or name it with --mise");
}

TEST_F(FindMise, LooksBelowHomeOnlyIfThereIsOne) {
  install(".local/bin/mise");
  process::Environment homeless = environment();
  homeless.set("HOME", "");
  const std::optional<std::filesystem::path> found = mise::find_mise(homeless);
  EXPECT_TRUE(!found || !found->string().starts_with(directory_.path().string()));
}

}  // namespace
