#include "doctor/space.h"

#include <gtest/gtest.h>

#include "support/temporary_directory.h"

namespace {

using doctor::Verdict;

constexpr unsigned long mebibyte = 1024UL * 1024;

struct Case {
  unsigned long free_bytes = 10 * 1024 * mebibyte;
  unsigned long inodes = 1000;
  unsigned long free_inodes = 500;
  unsigned long flags = 0;
};

/// "fail: MESSAGE" about a file system like this.
std::string judged(const Case& state) {
  struct statvfs room {};
  room.f_frsize = 1024;
  room.f_bavail = state.free_bytes / 1024;
  room.f_files = state.inodes;
  room.f_favail = state.free_inodes;
  room.f_flag = state.flags;
  const doctor::Finding finding = doctor::judge_space(room, "/opt/app");
  return std::string(doctor::name_of(finding.verdict)) + ": " + finding.message;
}

TEST(Space, IsJudgedByWhatIsLeft) {
  EXPECT_EQ(judged({}), "ok: 10.0 GiB are free at \"/opt/app\"");
  EXPECT_EQ(judged({.free_bytes = 300 * mebibyte}), "ok: 300.0 MiB are free at \"/opt/app\"");
  EXPECT_EQ(judged({.free_bytes = 99 * mebibyte}),
            "warn: only 99.0 MiB are free at \"/opt/app\"; make room");
  EXPECT_EQ(judged({.free_bytes = mebibyte / 2}),
            "fail: only 0.5 MiB are free at \"/opt/app\"; make room");
  EXPECT_EQ(
      judged({.free_inodes = 0}),
      "fail: no file can be created at \"/opt/app\": it has no inodes left; remove some files");
  EXPECT_EQ(judged({.inodes = 0, .free_inodes = 0}), "ok: 10.0 GiB are free at \"/opt/app\"");
  EXPECT_EQ(judged({.flags = ST_RDONLY}),
            "warn: the file system of \"/opt/app\" is read-only; what an apply writes there fails");
}

TEST(Space, IsLookedAtOnceForEachFileSystem) {
  const support::TemporaryDirectory directory;
  const doctor::Findings findings = doctor::examine_space(
      {directory.path() / "absent/deep", directory.path() / "other", "/proc"});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_NE(findings[0].message.find('"' + directory.path().string() + '"'), std::string::npos)
      << findings[0].message;
  EXPECT_NE(findings[1].message.find("\"/proc\""), std::string::npos) << findings[1].message;
}

}  // namespace
