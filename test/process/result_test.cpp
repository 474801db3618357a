#include "process/result.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>

namespace {

using namespace process;

struct DescribedEnding {
  const char* name;
  Ending ending;
  const char* text;
};

class Describe : public testing::TestWithParam<DescribedEnding> {};

TEST_P(Describe, SaysHowItEnded) {
  EXPECT_EQ(describe(GetParam().ending), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Describe,
    testing::Values(
        DescribedEnding{"Exited", Exited{3}, "exited with status 3"},
        DescribedEnding{"Signalled", Signalled{SIGKILL}, "was killed by signal 9 (SIGKILL)"},
        DescribedEnding{"RealTimeSignal", Signalled{40}, "was killed by signal 40"},
        DescribedEnding{"NoProgram", NotStarted{"posix_spawn", ENOENT, "/opt/mise"},
                        "could not be started: /opt/mise: No such file or directory"},
        DescribedEnding{"NoProgramNamed", NotStarted{"posix_spawn", EAGAIN},
                        "could not be started: Resource temporarily unavailable"},
        DescribedEnding{"NoDirectory", NotStarted{"chdir", EACCES, "/opt/app"},
                        "could not be started: cannot enter /opt/app: Permission denied"},
        DescribedEnding{"NoPipe", NotStarted{"pipe2", EMFILE},
                        "could not be started: pipe2: Too many open files"},
        DescribedEnding{"TimedOut", TimedOut{std::chrono::seconds(5)},
                        "ran past its deadline of 5s"},
        DescribedEnding{"ASurvivor", TimedOut{std::chrono::seconds(5), true, {{"4711 (su\x1b)"}}},
                        "ran past its deadline of 5s; could not end process 4711 (su\\x1b)"},
        DescribedEnding{"ManySurvivors",
                        Cancelled{SIGINT, true, {{"1 (a)", "2 (b)", "3 (c)", "4 (d)", "5 (e)"}}},
                        "was stopped by SIGINT; could not end process 1 (a), 2 (b), 3 (c) and 2 "
                        "more"},
        DescribedEnding{"WithoutProc", TimedOut{std::chrono::seconds(5), true, {{}, true}},
                        "ran past its deadline of 5s; what it may have left behind cannot be "
                        "seen, for /proc cannot be read"},
        DescribedEnding{"AForkingProcess",
                        TimedOut{std::chrono::seconds(5), true, {.is_forking = true}},
                        "ran past its deadline of 5s; could not end a process that keeps "
                        "forking"},
        DescribedEnding{"Cancelled", Cancelled{SIGINT}, "was stopped by SIGINT"}),
    [](const auto& test_case) { return test_case.param.name; });

TEST(Succeeded, OnlyWithStatusZero) {
  EXPECT_TRUE(succeeded(Exited{0}));
  EXPECT_FALSE(succeeded(Exited{1}));
  EXPECT_FALSE(succeeded(Signalled{SIGTERM}));
  EXPECT_FALSE(succeeded(NotStarted{}));
  EXPECT_FALSE(succeeded(TimedOut{}));
  EXPECT_FALSE(succeeded(Cancelled{}));
}

}  // namespace
