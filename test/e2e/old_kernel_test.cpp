// The oldest kernel that fluke is for, Linux 5.4: the system calls that came later fail with
// ENOSYS.
#include <errno.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <thread>

#include "e2e/host.h"

namespace {

/// Since Linux 5.0 new calls have one number on all architectures; 435, clone3, is the last of 5.4.
constexpr unsigned int first_of_later_kernels = 436;

/// Lets the calling thread, and all that it starts, find no later call. False if it may not.
bool forget_later_calls() {
  std::array<sock_filter, 4> program = {{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first_of_later_kernels, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog filter = {.len = program.size(), .filter = program.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

/// False if such a kernel cannot be had here.
bool on_an_old_kernel(const std::function<void()>& work) {
  bool is_old = false;
  std::thread([&] {
    is_old = forget_later_calls();
    if (is_old) {
      work();
    }
  }).join();
  return is_old;
}

TEST(OnLinux54, AResourceIsClonedAppliedAndReported) {
  const e2e::Host host;
  host.repository_with_tasks("app.git", e2e::converging_tasks);
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  git {\n    url = \"" +
                             (host.root() / "app.git").string() + "\"\n  }\n}\n");
  const bool is_old = on_an_old_kernel([&] {
    EXPECT_EQ(syscall(SYS_close_range, ~0U, ~0U, 0), -1);
    EXPECT_EQ(errno, ENOSYS);
    const support::Ran first = host.fluke({"run", "--report", "json=report.json", "site.hcl"});
    EXPECT_EQ(first.status, 0) << first.err;
    EXPECT_EQ(first.out.find("deploy  applied"), 0U) << first.out;
    const support::Ran second = host.fluke({"run", "--detailed-exitcode", "site.hcl"});
    EXPECT_EQ(second.status, 0) << second.out << second.err;
  });
  if (!is_old) {
    GTEST_SKIP() << "no calls can be filtered here";
  }
  EXPECT_TRUE(host.exists("app/done"));
  EXPECT_TRUE(host.exists("report.json"));
}

TEST(OnLinux54, ATaskInheritsNoDescriptorsAndEndsAtItsDeadline) {
  const e2e::Host host;
  host.directory_with_tasks(
      "app",
      "[tasks]\ncheck = 'ls -l /proc/$PPID/fd >fds; false'\napply = 'sleep 1000 & sleep 1000'\n");
  host.write("site.hcl", "mise \"deploy\" {\n  working_dir = \"app\"\n  timeout = \"2s\"\n}\n");
  const bool is_old = on_an_old_kernel([&] {
    support::Program program = host.fluke_program({"run", "site.hcl"});
    program.redirected[7] = host.write("inherited", "");
    const support::Ran ran = support::Running(program).wait();
    EXPECT_EQ(ran.status, 1) << ran.err;
    EXPECT_NE(ran.out.find("deadline"), std::string::npos) << ran.out;
  });
  if (!is_old) {
    GTEST_SKIP() << "no calls can be filtered here";
  }
  EXPECT_EQ(host.read("app/fds").find("inherited"), std::string::npos);
}

}  // namespace
